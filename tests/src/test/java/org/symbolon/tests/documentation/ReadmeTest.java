package org.symbolon.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

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

    @Test
    void readme_programs_runOverAConfiguredToken() throws Exception {
        Path classes = Files.createTempDirectory(folder, "classes");
        int port = freePort();
        StringBuilder calls = new StringBuilder();
        List<String> programs = blocks(Peer.root().resolve("README.md"), "java");
        for (int i = 1; i < programs.size(); i++) {
            String source = whole(programs.get(i).replace("2222", String.valueOf(port)));
            compile(
                    source.replace("class Fragment", "class Fragment" + i).replace("void run()", "public void run()"),
                    classes);
            calls.append("new Fragment" + i + "().run(); ");
        }
        compile(
                "public class Programs { public static void main(String[] args) throws Exception { " + calls
                        + "System.exit(0); } }",
                classes);
        Program program = Program.run(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-Dsymbolon.config=" + configuration(),
                "-cp",
                classPath(classes),
                "Programs");
        assertThat(program.exitCode()).as(program.output()).isZero();
        assertThat(program.output())
                .contains("bytes of signature by Symbolon-Team")
                .contains("alice is logged in to SSH-2.0-");
    }

    /** The configuration that the programs want: a token with the keys that they name. */
    private Path configuration() throws Exception {
        Path database = folder.resolve("team.db");
        try (TokenModule module = SoftTokens.inDatabase(database);
                Session session = SoftTokens.newSession(module, "Team")) {
            session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy"));
            session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.ED25519), Template.label("ssh-host"));
            KeyPairObject laptop =
                    session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.ED25519), Template.label("laptop"));
            TokenAuthorizedKeys.in(session).add("alice", SshPublicKey.of(PublicKeys.of(laptop.publicKey())));
        }
        Path pin = Files.write(folder.resolve("pin"), SoftTokens.PIN.toUtf8());
        return Files.writeString(
                folder.resolve("symbolon.yaml"),
                "tokens:\n  team:\n    uri: soft:sqlite:" + database + "\n    pin: ${file:" + pin + "}\n");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @TestFactory
    Stream<DynamicTest> java_inEveryDocument_compiles() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            if (document.endsWith("spring.md")) {
                continue; // Spring is not on this class path; DocumentationTest in spring/ compiles it.
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
        boolean group = List.of("token", "pin", "object", "key", "authorized-key", "ssh-ca", "ssh-keys")
                .contains(words.get(0));
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
                Path.of(System.getProperty("java.home"), "bin", "java"), "-cp", classPath(classes), nameOf(source));
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
        List<String> options = List.of("-d", classes.toString(), "-cp", classPath(classes), "-proc:none", "-nowarn");
        assertThat(compiler.getTask(errors, null, null, options, null, List.of(file))
                        .call())
                .as(errors.toString())
                .isTrue();
    }

    private static String classPath(Path classes) {
        return classes + System.getProperty("path.separator") + System.getProperty("java.class.path");
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
