package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.ssh.certificate.KeyRevocationList;

/** sshd's part of {@code serve}, and the commands that ask it or change what it tells. */
class ServedSshTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ALICE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIE+qgMh7fEFZN0lHEdGpC3l8sIwP6NXYYb3tqTceS8I";

    private final Commands commands = new Commands();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void configure() throws Exception {
        String token = commands.initToken(folder);
        Files.writeString(folder.resolve("alice.pub"), ALICE + " alice@example\n");
        file = Commands.secret(folder.resolve("symbolon.yaml"), """
            tokens:
              team:
                uri: %s
                pin: ${file:pin}
            ssh:
              users: team
            serve:
              ssh:
                lookup: s
                users: nobody
                revoked-keys: revoked
            """.formatted(token));
    }

    @Test
    void lookups_ofAnotherProcess_areAnsweredWithWhatIsInTheTokenNow() throws Exception {
        try (ServedSsh served = served()) {
            assertThat(served.addresses()).containsExactly("ssh-lookup:unix:path=" + folder.resolve("s"));
            assertThat(run("authorized-keys", "alice")).isZero();
            assertThat(commands.out()).isEmpty();

            assertThat(run("authorized-key", "add", "alice", folder + "/alice.pub"))
                    .isZero();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> run("authorized-keys", "alice") == 0
                            && commands.out().startsWith(ALICE));

            assertThat(run("authorized-key", "remove", "alice", "--all")).isZero();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> run("authorized-keys", "alice") == 0
                            && commands.out().isEmpty());
        }
        assertThat(run("authorized-keys", "alice")).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(commands.err()).contains("symbolon serve does not answer at " + folder.resolve("s"));
        assertThat(run("authorized-principals", "alice")).isEqualTo(ExitCode.UNAVAILABLE.code());
    }

    @Test
    void revokedKeys_ofAnotherProcess_areInTheFileSoon() throws Exception {
        Path revoked = folder.resolve("revoked");
        try (ServedSsh served = served()) {
            assertThat(KeyRevocationList.parse(Files.readAllBytes(revoked)).isEmpty())
                    .isTrue();
            assertThat(run("ssh-ca", "revoke", "--key", folder + "/alice.pub"))
                    .as(commands.err())
                    .isZero();

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !KeyRevocationList.parse(Files.readAllBytes(revoked))
                            .isEmpty());
            assertThat(served.health().isGood()).isTrue();
        }
    }

    @Test
    void commands_withoutAServer_askTheToken() throws Exception {
        assertThat(run("authorized-key", "add", "alice", folder + "/alice.pub")).isZero();
        assertThat(run("authorized-keys", "alice", "--token", "team"))
                .as(commands.err())
                .isZero();
        assertThat(commands.out()).startsWith(ALICE).endsWith("\n");
        assertThat(run("authorized-principals", "alice", "--token", "team")).isZero();
        assertThat(commands.out()).isEmpty();
    }

    @Test
    void sshdConfigAndScript_areWhatTheConfigurationSays() throws Exception {
        assertThat(run("authorized-keys", "--sshd-config")).isZero();
        assertThat(commands.out())
                .contains("AuthorizedKeysCommand /usr/local/libexec/symbolon-sshd " + folder.resolve("s")
                        + " keys %u %k\n")
                .contains("RevokedKeys " + folder.resolve("revoked") + "\n");
        assertThat(run("authorized-keys", "--script")).isZero();
        assertThat(commands.out()).startsWith("#!/bin/sh\n").isEqualTo(AuthorizedKeysCommand.script());
        assertThat(run("authorized-keys")).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void configuration_thatOthersMayWrite_isRefused() throws Exception {
        Path others = Commands.secret(folder.resolve("others.yaml"), "serve:\n  ssh:\n    lookup: s\n");
        Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> Configuration.load(others))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("chmod go-w");
    }

    @Test
    void configuration_withAWrongKey_saysWhichThereAre() throws Exception {
        Path wrong = Commands.secret(folder.resolve("wrong.yaml"), "serve:\n  ssh:\n    look-up: s\n");

        assertThatThrownBy(() -> Configuration.load(wrong)).hasMessageContaining("lookup");
    }

    private ServedSsh served() throws Exception {
        Configuration configuration = Configuration.load(file);
        return ServedSsh.start(configuration.serve(), configuration, new TokenOptions())
                .orElseThrow();
    }

    private int run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = file.toString();
        return commands.run(all);
    }
}
