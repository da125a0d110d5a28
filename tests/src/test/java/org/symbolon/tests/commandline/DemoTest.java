package org.symbolon.tests.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** {@code ./symbolon demo}: the main job, told in one screen. */
@Timeout(180)
class DemoTest {
    private static final String SSH_PACKAGE = "openssh-client";

    @TempDir
    private Path folder;

    @Test
    void demo_whereOpenSshIsInstalled_tellsTheWholeStory() throws Exception {
        Peer.require("ssh", SSH_PACKAGE);

        Program demo = new Launcher(folder).run("demo");

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output().lines().toList())
                .anySatisfy(line -> assertThat(line).contains("Java login").containsPattern("\\d+ ms"))
                .anySatisfy(line -> assertThat(line).contains("OpenSSH login").containsPattern("\\d+ ms"))
                .anySatisfy(line -> assertThat(line).contains("Java login").contains("refused"))
                .anySatisfy(line -> assertThat(line).contains("OpenSSH login").contains("refused"))
                .noneSatisfy(line -> assertThat(line).contains("skipped"));
        assertThat(demo.output()).as("no terminal, no colour").doesNotContain("\u001b");
        assertThat(folder).as("nothing is left behind").isEmptyDirectory();
    }

    @Test
    void demo_inJson_isOneDocument() throws Exception {
        Peer.require("ssh", SSH_PACKAGE);

        Program demo = new Launcher(folder).run("demo", "--json");

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        JsonNode document = new ObjectMapper().readTree(demo.output());
        assertThat(document.get("ok").asBoolean()).isTrue();
        assertThat(document.get("steps")).hasSizeGreaterThanOrEqualTo(8);
        assertThat(document.get("steps")).allSatisfy(step -> {
            assertThat(step.get("ok").asBoolean()).isTrue();
            assertThat(step.has("skipped")).isFalse();
        });
    }

    @Test
    void demo_onAnotherToken_leavesNothingInIt() throws Exception {
        Peer.require("ssh", SSH_PACKAGE);
        Launcher symbolon = new Launcher(folder);
        Files.writeString(folder.resolve("so.pin"), "so pin of the tests\n");
        Files.writeString(folder.resolve("user.pin"), "user pin of the tests\n");
        Program init = symbolon.run(
                "token",
                "init",
                "--token",
                "soft:sqlite:team.db",
                "--label",
                "Team",
                "--so-pin",
                "file:so.pin",
                "--new-pin",
                "file:user.pin");
        assertThat(init.exitCode()).as(init.output()).isZero();

        Program demo = symbolon.run("demo", "--token", "soft:sqlite:team.db", "--pin", "file:user.pin");

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("Java login").contains("refused");
        Program list =
                symbolon.run("object", "list", "--token", "soft:sqlite:team.db", "--pin", "file:user.pin", "--json");
        assertThat(list.exitCode()).as(list.output()).isZero();
        assertThat(list.output()).doesNotContain("alice").doesNotContain("PRIVATE_KEY");
    }

    @Test
    void demo_thatKeepsRunning_letsOpenSshInWithEachKeyType() throws Exception {
        Path keyscan = Peer.require("ssh-keyscan", SSH_PACKAGE);
        Process demo = new Launcher(folder).start("demo", "--keep");
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> told = new ArrayList<>();
            List<String> commands = sshCommands(output, told);

            assertThat(commands).as(String.join("\n", told)).hasSizeGreaterThanOrEqualTo(3);
            for (String type : List.of("rsa", "ecdsa", "ed25519")) {
                assertThat(commands).anyMatch(line -> line.contains(type));
            }
            for (String line : commands) {
                Program ssh = Program.run(folder, Map.of(), List.of("sh", "-c", line + " -o BatchMode=yes whoami"));
                assertThat(ssh.exitCode()).as(line + "\n" + ssh.output()).isZero();
                assertThat(ssh.output()).contains("alice");
            }
            String port = commands.get(0).replaceFirst(".* -p (\\d+) .*", "$1");
            String scanned = Program.run(keyscan, "-p", port, "127.0.0.1").output();
            List<SshPublicKey> keys = keysIn(scanned);
            assertThat(keys).isNotEmpty();
            assertThat(String.join("\n", told))
                    .as("the host key that ssh-keyscan sees")
                    .contains(keys.get(0).fingerprint());
        } finally {
            demo.destroy();
            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Reads the story to its end, and returns the command lines that it offers. */
    private static List<String> sshCommands(BufferedReader output, List<String> told) throws IOException {
        List<String> commands = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            told.add(line);
            if (line.strip().startsWith("ssh ")) {
                commands.add(line.strip());
            }
            if (commands.size() == 3) {
                break;
            }
        }
        return commands;
    }

    private static List<SshPublicKey> keysIn(String keyscan) throws Exception {
        List<SshPublicKey> keys = new ArrayList<>();
        for (String line :
                keyscan.lines().filter(each -> each.startsWith("[127.0.0.1]")).toList()) {
            keys.add(AuthorizedKeysLine.parse(line.substring(line.indexOf(' ') + 1))
                    .key());
        }
        return keys;
    }
}
