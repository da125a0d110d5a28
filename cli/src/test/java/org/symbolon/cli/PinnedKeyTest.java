package org.symbolon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
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

    private String token = "";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                question -> Optional.empty(),
                false,
                false);
        return Main.run(terminal, args);
    }

    @BeforeEach
    void addKey() throws Exception {
        token = "soft:sqlite:" + directory.resolve("team.db");
        String pin = "file:" + Files.writeString(directory.resolve("pin"), "123456");
        Files.setPosixFilePermissions(directory.resolve("pin"), PosixFilePermissions.fromString("rw-------"));
        String key = Files.writeString(directory.resolve("alice.pub"), LINE).toString();
        String kdf = "kdf=argon2id,m=19456,t=2,p=1";
        assertThat(run(
                        "token",
                        "init",
                        "--token",
                        token,
                        "--label",
                        "Team",
                        "--so-pin",
                        pin,
                        "--new-pin",
                        pin,
                        "--setting",
                        kdf))
                .as(err.toString(UTF_8))
                .isZero();
        assertThat(run("authorized-key", "add", "alice", key, "--token", token, "--pin", pin))
                .as(err.toString(UTF_8))
                .isZero();
    }

    @Test
    void list_signingKeyPinned_needsNoLogin() throws Exception {
        String signingKey = SoftModule.verifyKeys(directory.resolve("team.db"))
                .values()
                .iterator()
                .next()
                .toHex();
        assertThat(run("authorized-key", "list", "alice", "--token", token, "--setting", "verify-key=" + signingKey))
                .as(err.toString(UTF_8))
                .isZero();
        assertThat(out.toString(UTF_8)).startsWith("ssh-ed25519 SHA256:");
        assertThat(run("token", "info", "--token", token)).isZero();
        assertThat(out.toString(UTF_8)).contains("signing key    " + signingKey);
    }

    @Test
    void list_anotherKeyPinned_isRefused() {
        String other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        int exitCode = run("authorized-key", "list", "alice", "--token", token, "--setting", "verify-key=" + other);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(exitCode).isNotZero();
    }

    @Test
    void list_withoutLoginOrPinnedKey_asksForThePin() {
        assertThat(run("authorized-key", "list", "alice", "--token", token)).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString(UTF_8)).contains("the user PIN of token \"Team\" is wanted");
    }
}
