package org.symbolon.tests.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.soft.SoftModule;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.tests.Peer;

/** The same programs on the class path and on the module path, each with the MINA that suits it. */
class PathsTest {
    private static final List<Class<?>> OURS =
            List.of(TokenModule.class, SoftModule.class, SymbolonProvider.class, TokenAuthorizedKeys.class);
    private static final String[] THEIRS = {
        "slf4j-api", "jcl-over-slf4j", "jspecify", "jackson", "snakeyaml", "bcprov", "sqlite-jdbc"
    };

    @Test
    void sign_onTheModulePath_usesNamedModules() throws Exception {
        assertThat(JavaProgram.run(onModulePath(SignOnce.class))).contains("signed by a token from org.symbolon");
    }

    @Test
    void sign_onTheClassPath_works() throws Exception {
        assertThat(JavaProgram.run(onClassPath(SignOnce.class, Stream.empty())))
                .contains("signed by a token from the class path");
    }

    @Test
    void sign_onTheModulePathOfANewerJdk_works() throws Exception {
        assertThat(JavaProgram.run(Peer.requireNewerJdk(), onModulePath(SignOnce.class)))
                .contains("signed by a token from org.symbolon");
    }

    @Test
    void logIn_onTheModulePath_usesTheOsgiBundle() throws Exception {
        assertThat(JavaProgram.run(onModulePath(LogInOnce.class)))
                .contains("logged in with MINA from org.apache.sshd.osgi");
    }

    @Test
    void logIn_onTheClassPath_usesTheCoreAndCommonJars() throws Exception {
        Stream<Path> mina = Stream.of(Jars.copied("sshd-core"), Jars.copied("sshd-common"));

        assertThat(JavaProgram.run(onClassPath(LogInOnce.class, mina)))
                .contains("logged in with MINA from the class path");
    }

    private static List<String> onModulePath(Class<?> program) {
        List<Path> modules = new ArrayList<>(libraries());
        modules.addAll(Jars.classPathWith("sshd-osgi"));
        return List.of(
                "--module-path",
                Jars.joined(modules),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-cp",
                Jars.of(program).toString(),
                program.getName());
    }

    private static List<String> onClassPath(Class<?> program, Stream<Path> more) {
        List<Path> classPath = new ArrayList<>(libraries());
        more.forEach(classPath::add);
        classPath.add(Jars.of(program));
        return List.of("-cp", Jars.joined(classPath), program.getName());
    }

    private static List<Path> libraries() {
        List<Path> libraries = new ArrayList<>(Jars.classPathWith(THEIRS));
        OURS.forEach(type -> libraries.add(Jars.of(type)));
        return libraries;
    }
}
