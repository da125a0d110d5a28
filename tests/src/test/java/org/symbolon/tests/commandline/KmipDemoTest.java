package org.symbolon.tests.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.kmip.PykmipServer;

/** {@code ./symbolon demo} through KMIP servers: ours, and one that nobody here wrote. */
@Timeout(300)
class KmipDemoTest {
    private static final String SSH_PACKAGE = "openssh-client";

    @TempDir
    private Path folder;

    @Test
    void demo_throughOurKmipServer_tellsTheWholeStory() throws Exception {
        Peer.require("ssh", SSH_PACKAGE);

        Program demo = new Launcher(folder).run("demo", "--kmip");

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("a KMIP client destroyed the 4 public keys of alice", "the next OpenSSH login is refused")
                .doesNotContain("skipped");
    }

    @Test
    void demo_onPykmipsServer_tellsTheWholeStoryAndLeavesNothing() throws Exception {
        Peer.require("ssh", SSH_PACKAGE);
        Path here = Files.createDirectory(folder.resolve("symbolon"));
        try (PykmipServer server = PykmipServer.start(folder)) {
            String[] token = {
                "--token",
                "kmip://127.0.0.1:" + server.port(),
                "--timeout",
                "60s",
                "--setting",
                "trust=" + folder.resolve("ca.crt"),
                "--setting",
                "key-store=" + folder.resolve("alice.p12"),
                "--setting",
                "key-store-password=file:" + folder.resolve("password")
            };
            Program demo = new Launcher(here).run(with(token, "demo"));

            assertThat(demo.exitCode()).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("the server's host key was made in the token: ssh-rsa", "whoami says alice")
                    .contains("the next Java login is refused", "the next OpenSSH login is refused")
                    .doesNotContain("skipped");
            Program list = new Launcher(here).run(with(token, "object", "list"));
            assertThat(list.exitCode()).as(list.output()).isZero();
            assertThat(list.output()).doesNotContain("alice").doesNotContain("demo-");
        }
    }

    private static String[] with(String[] options, String... words) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(options)).toArray(String[]::new);
    }
}
