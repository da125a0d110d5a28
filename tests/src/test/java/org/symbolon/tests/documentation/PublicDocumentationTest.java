package org.symbolon.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every public and protected element of an exported package is documented, and whatever returns something says what.
 *
 * <p>doclint would ask for a {@code @return} beside "Returns …" and for the parameters of a record twice; this asks once.
 */
class PublicDocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern EXPORT = Pattern.compile("exports ([\\w.]+);");

    private int documented;

    @Test
    void publicElements_ofExportedPackages_areDocumented() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path main = module.resolve("src/main/java");
                if (Files.exists(main.resolve("module-info.java"))) {
                    sources.addAll(exportedSources(main));
                }
            }
        }
        List<String> undocumented = undocumented(sources);
        assertThat(undocumented).isEmpty();
        assertThat(documented).as("elements seen").isGreaterThan(500);
    }

    private static List<Path> exportedSources(Path main) throws IOException {
        List<Path> sources = new ArrayList<>();
        Matcher export = EXPORT.matcher(Files.readString(main.resolve("module-info.java")));
        while (export.find()) {
            try (Stream<Path> files = Files.list(main.resolve(export.group(1).replace('.', '/')))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    private List<String> undocumented(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> undocumented = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(docs, undocumented).scan(unit, null);
            }
        }
        return undocumented;
    }

    private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees docs;
        private final List<String> undocumented;

        Scanner(DocTrees docs, List<String> undocumented) {
            this.docs = docs;
            this.undocumented = undocumented;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
            if (isPublic(type.getModifiers())) {
                check(type.getSimpleName().toString(), "");
                return super.visitClass(type, null);
            }
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean constructor = method.getReturnType() == null;
            if (isPublic(method.getModifiers()) && !overrides && !(constructor && isInRecord())) {
                boolean returns = !constructor && !"void".equals(String.valueOf(method.getReturnType()));
                check(method.getName().toString(), returns ? "return" : "");
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree field, @Nullable Void unused) {
            if (isPublic(field.getModifiers()) && !isInRecord()) {
                check(field.getName().toString(), "");
            }
            return null;
        }

        private void check(String name, String mustMention) {
            @Nullable DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            boolean complete = comment != null
                    && (mustMention.isEmpty()
                            || comment.toString().contains(mustMention)
                            || comment.toString().contains("Return"));
            if (complete) {
                documented++;
            } else {
                undocumented.add(
                        getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + name);
            }
        }

        private boolean isInRecord() {
            return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        private boolean isPublic(ModifiersTree modifiers) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED)
                    || (parent.getKind() == Tree.Kind.INTERFACE
                            && !modifiers.getFlags().contains(Modifier.PRIVATE));
        }
    }
}
