package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on Spring shows of Java compiles. */
class DocumentationTest {
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```");
    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");
    private static final String IMPORTS = """
        import org.springframework.beans.factory.annotation.Qualifier;
        import org.springframework.web.bind.annotation.RestController;
        import org.symbolon.Session;
        """;

    @TempDir
    private Path folder;

    @Test
    void java_inThePageOnSpring_compiles() throws Exception {
        List<MatchResult> blocks = JAVA.matcher(Files.readString(Path.of("../docs/spring.md")))
                .results()
                .toList();
        assertThat(blocks).isNotEmpty();
        for (MatchResult block : blocks) {
            String source = block.group(1);
            String name =
                    CLASS.matcher(source).results().findFirst().orElseThrow().group(1);
            compile(Files.writeString(folder.resolve(name + ".java"), IMPORTS + source));
        }
    }

    private void compile(Path source) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<String> options =
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .as(errors.toString())
                    .isTrue();
        }
    }
}
