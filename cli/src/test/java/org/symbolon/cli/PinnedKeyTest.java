package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.soft.SoftModule;

/** Authorized keys are read without a login where the token's signing key is pinned, and only if it is the right one. */
class PinnedKeyTest {
    private static final String LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl alice";

    @TempDir
    private Path directory;

    private final Commands commands = new Commands();
    private String token = "";

    @BeforeEach
    void addKey() throws Exception {
        token = commands.initToken(directory);
        String pin = "file:" + directory.resolve("pin");
        String key = Files.writeString(directory.resolve("alice.pub"), LINE).toString();
        assertThat(commands.run("authorized-key", "add", "alice", key, "--token", token, "--pin", pin))
                .as(commands.err())
                .isZero();
    }

    @Test
    void list_signingKeyPinned_needsNoLogin() throws Exception {
        String signingKey = SoftModule.verifyKeys(directory.resolve("team.db"))
                .values()
                .iterator()
                .next()
                .toHex();
        assertThat(commands.run(
                        "authorized-key", "list", "alice", "--token", token, "--setting", "verify-key=" + signingKey))
                .as(commands.err())
                .isZero();
        assertThat(commands.out()).startsWith("ssh-ed25519 SHA256:");
        assertThat(commands.run("token", "info", "--token", token)).isZero();
        assertThat(commands.out()).contains("signing key    " + signingKey);
    }

    @Test
    void list_anotherKeyPinned_isRefused() {
        String other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        int exitCode =
                commands.run("authorized-key", "list", "alice", "--token", token, "--setting", "verify-key=" + other);
        assertThat(commands.out()).isEmpty();
        assertThat(exitCode).isNotZero();
    }

    @Test
    void list_withoutLoginOrPinnedKey_asksForThePin() {
        assertThat(commands.run("authorized-key", "list", "alice", "--token", token))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(commands.err()).contains("the user PIN of token \"Team\" is wanted");
    }
}
