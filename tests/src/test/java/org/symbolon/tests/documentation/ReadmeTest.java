package org.symbolon.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** What the documentation shows is compiled, and run where it is a program. */
class ReadmeTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^public (?:final )?(?:class|record|interface) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:\\./)?symbolon ([^#>|\\n]+)");

    /** What a fragment of a program may name without saying from where. */
    private static final String IMPORTS = """
            import java.security.*;
            import org.symbolon.*;
            import org.symbolon.config.*;
            import org.symbolon.jca.*;
            import org.symbolon.key.*;
            import org.symbolon.ssh.*;
            """;

    @TempDir
    private Path folder;

    @Test
    void readme_tenLines_compileAndSign() throws Exception {
        Program program = run(blocks(Peer.root().resolve("README.md"), "java").get(0));

        assertThat(program.exitCode()).as(program.output()).isZero();
        assertThat(program.output().strip()).isEqualTo("true");
    }

    @TestFactory
    Stream<DynamicTest> java_inEveryDocument_compiles() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            if (document.endsWith("spring.md")) {
                continue; // Spring is not on this class path; examples/ has the programs that it shows.
            }
            int number = 0;
            for (String block : blocks(document, "java")) {
                number++;
                tests.add(DynamicTest.dynamicTest(
                        document.getFileName() + " block " + number,
                        () -> compile(whole(block), Files.createTempDirectory(folder, "classes"))));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> commands_inEveryDocument_haveTheOptionsThatAreShown() throws Exception {
        Map<String, Set<String>> optionsByCommand = new LinkedHashMap<>();
        for (Path document : documents()) {
            for (String block : blocks(document, "sh")) {
                COMMAND.matcher(block).results().forEach(found -> collect(found.group(1), optionsByCommand));
            }
        }
        assertThat(optionsByCommand).containsKey("demo").hasSizeGreaterThan(4);
        return optionsByCommand.entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(entry.getKey(), () -> assertOptions(entry.getKey(), entry.getValue())));
    }

    private static void collect(String line, Map<String, Set<String>> optionsByCommand) {
        List<String> words = List.of(line.strip().split("\\s+"));
        boolean group =
                List.of("token", "pin", "object", "key", "authorized-key").contains(words.get(0));
        String command = group ? words.get(0) + " " + words.get(1) : words.get(0);
        Set<String> options = optionsByCommand.computeIfAbsent(command, name -> new LinkedHashSet<>());
        words.stream()
                .filter(word -> word.startsWith("--"))
                .map(word -> word.replaceFirst("=.*", ""))
                .forEach(options::add);
    }

    private static void assertOptions(String command, Set<String> options) throws Exception {
        List<Object> words = new ArrayList<>(List.of(Peer.root().resolve("symbolon")));
        words.addAll(List.of(command.split(" ")));
        words.add("--help");
        Program help = Program.run(words.toArray());
        assertThat(help.exitCode()).as(help.output()).isZero();
        assertThat(options).allMatch(help.output()::contains, "an option in the help");
    }

    private Program run(String source) throws Exception {
        Path classes = Files.createTempDirectory(folder, "classes");
        compile(source, classes);
        return Program.run(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-cp",
                classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                nameOf(source));
    }

    private static void compile(String source, Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String name = nameOf(source);
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        StringWriter errors = new StringWriter();
        List<String> options = List.of(
                "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
        assertThat(compiler.getTask(errors, null, null, options, null, List.of(file))
                        .call())
                .as(errors.toString())
                .isTrue();
    }

    /** A fragment as a class of its own. */
    private static String whole(String block) {
        if (TYPE.matcher(block).find()) {
            return block;
        }
        String imports =
                block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = block.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        return IMPORTS + imports + "\npublic class Fragment { void run() throws Exception {\n" + body + "\n} }\n";
    }

    private static String nameOf(String source) {
        MatchResult type = TYPE.matcher(source).results().findFirst().orElseThrow();
        return PACKAGE.matcher(source)
                        .results()
                        .findFirst()
                        .map(found -> found.group(1) + ".")
                        .orElse("")
                + type.group(1);
    }

    private static List<Path> documents() throws Exception {
        List<Path> documents = new ArrayList<>(List.of(Peer.root().resolve("README.md")));
        try (Stream<Path> files = Files.list(Peer.root().resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static List<String> blocks(Path document, String language) throws Exception {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
                .matcher(Files.readString(document))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
