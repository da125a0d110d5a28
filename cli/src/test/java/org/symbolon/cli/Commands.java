package org.symbolon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Runs commands as a script does: without a terminal and without anything to read. */
final class Commands {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Returns a command's exit code. What it printed is kept until the next. */
    int run(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                question -> Optional.empty(),
                false,
                false);
        return Main.run(terminal, arguments);
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    /** Writes a file that nobody else may read. */
    static Path secret(Path file, String content) throws IOException {
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Makes the token "Team" with the PIN in the file {@code pin} and a key derivation that takes no time; returns its URI. */
    String initToken(Path directory) throws IOException {
        String token = "soft:sqlite:" + directory.resolve("team.db");
        String pin = "file:" + secret(directory.resolve("pin"), "123456");
        String quick = "kdf=argon2id,m=19456,t=2,p=1";
        int exitCode = run(
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
                quick);
        assertThat(exitCode).as(err()).isZero();
        return token;
    }
}
