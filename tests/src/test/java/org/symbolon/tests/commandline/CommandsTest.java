package org.symbolon.tests.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** A morning with the command line, each command a process. */
@Timeout(180)
class CommandsTest {
    private static final String TOKEN = "soft:sqlite:team.db";

    @TempDir
    private Path folder;

    private Launcher symbolon;

    @BeforeEach
    void choosePins() throws Exception {
        symbolon = new Launcher(folder);
        Files.writeString(folder.resolve("so.pin"), "so pin of the tests\n");
        Files.writeString(folder.resolve("user.pin"), "user pin of the tests\n");
        Files.writeString(folder.resolve("wrong.pin"), "not the pin\n");
    }

    @Test
    void commands_fromTheFirstTokenToALogin_work() throws Exception {
        initialize();
        succeed(
                "key",
                "generate",
                "--token",
                TOKEN,
                "--pin",
                "file:user.pin",
                "--type",
                "ed25519",
                "--label",
                "deploy");
        Program exported = succeed("key", "export-public", "deploy", "--token", TOKEN, "--format", "openssh");
        assertThat(AuthorizedKeysLine.parse(exported.output().strip())
                        .key()
                        .type()
                        .wireName())
                .isEqualTo("ssh-ed25519");

        Files.writeString(folder.resolve("alice.pub"), exported.output());
        succeed("authorized-key", "add", "alice", "alice.pub", "--token", TOKEN, "--pin", "file:user.pin");
        Program listed = succeed("authorized-key", "list", "alice", "--token", TOKEN, "--pin", "file:user.pin");
        assertThat(listed.output()).contains("ssh-ed25519");

        Program slots = succeed("slots", "--token", TOKEN, "--json");
        assertThat(new ObjectMapper().readTree(slots.output()).toString()).contains("Team");
        assertThat(succeed("mechanisms", "--token", TOKEN).output()).contains("CKM_ECDSA_SHA256");
        assertThat(succeed("object", "list", "--token", TOKEN, "--pin", "file:user.pin")
                        .output())
                .contains("deploy");
    }

    @Test
    void key_importedFromAFileOfOpenSsh_isExportedAsItWas() throws Exception {
        initialize();
        Path keygen = Peer.require("ssh-keygen", "openssh-client");
        for (String type : new String[] {"rsa", "ecdsa", "ed25519"}) {
            Path file = folder.resolve("id_" + type);
            assertThat(Program.run(keygen, "-q", "-t", type, "-N", "", "-C", "", "-f", file)
                            .exitCode())
                    .isZero();
            succeed("key", "import", file.toString(), "--token", TOKEN, "--pin", "file:user.pin", "--label", type);

            Program exported = succeed("key", "export-public", type, "--token", TOKEN, "--format", "openssh");

            assertThat(AuthorizedKeysLine.parse(exported.output().strip()).key())
                    .isEqualTo(AuthorizedKeysLine.parse(Files.readString(folder.resolve("id_" + type + ".pub"))
                                    .strip())
                            .key());
        }
    }

    @Test
    void exitCodes_ofWhatGoesWrong_tellScriptsWhy() throws Exception {
        initialize();

        assertThat(symbolon.run("object", "show", "nothing", "--token", TOKEN, "--pin", "file:user.pin")
                        .exitCode())
                .isEqualTo(3);
        assertThat(symbolon.run("object", "list", "--token", TOKEN, "--pin", "file:wrong.pin")
                        .exitCode())
                .isEqualTo(4);
        assertThat(symbolon.run("object", "list", "--tokn", TOKEN).exitCode()).isEqualTo(2);
        Program literal = symbolon.run("object", "list", "--token", TOKEN, "--pin", "1234");
        assertThat(literal.exitCode()).isEqualTo(2);
        assertThat(literal.output()).doesNotContain("1234\n").contains("file:");
    }

    @Test
    void help_ofTheWhole_namesEveryCommand() throws Exception {
        assertThat(succeed("--help").output())
                .contains("demo", "check", "slots", "mechanisms", "token", "pin", "object", "key", "authorized-key");
    }

    private void initialize() throws Exception {
        succeed(
                "token",
                "init",
                "--token",
                TOKEN,
                "--label",
                "Team",
                "--so-pin",
                "file:so.pin",
                "--new-pin",
                "file:user.pin");
    }

    private Program succeed(String... arguments) throws Exception {
        Program program = symbolon.run(arguments);
        assertThat(program.exitCode()).as(program.output()).isZero();
        return program;
    }
}
