package org.symbolon.ssh.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.Session;
import org.symbolon.ssh.TestToken;

class KrlFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Bytes HASH = Bytes.of(new byte[32]);

    @TempDir
    private Path folder;

    @Test
    void following_aRevocation_isInTheFileSoon() throws Exception {
        TestToken token = new TestToken();
        Path file = folder.resolve("revoked");
        try (Session session = token.open();
                KrlFile followed = KrlFile.following(session, file)) {
            assertThat(KeyRevocationList.parse(Files.readAllBytes(file)).isEmpty())
                    .isTrue();

            token.answering(false);
            assertThatThrownBy(() -> revoke(session)).hasMessageContaining("pulled it out");
            token.answering(true);
            revoke(session);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            !KeyRevocationList.parse(Files.readAllBytes(file)).isEmpty());
            assertThat(folder).isDirectoryContaining(path -> path.equals(file));
            assertThat(followed).isNotNull();
        }
    }

    @Test
    void write_sameAgain_touchesNothing() throws Exception {
        Path file = folder.resolve("revoked");
        KeyRevocationList list =
                KeyRevocationList.builder().revokeSha256(HASH).version(3).build();

        assertThat(KrlFile.write(file, list)).isTrue();
        assertThat(KrlFile.write(file, list)).isFalse();
        assertThat(Files.getPosixFilePermissions(file)).hasSize(4);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void write_leftByOneThatWasEnded_isReplaced() throws Exception {
        Path file = folder.resolve("revoked");
        Files.writeString(folder.resolve("revoked.new"), "half");

        KrlFile.write(file, KeyRevocationList.builder().build());

        assertThat(folder.resolve("revoked.new")).doesNotExist();
        assertThatThrownBy(() -> KrlFile.write(
                        folder.resolve("missing/revoked"),
                        KeyRevocationList.builder().build()))
                .isInstanceOf(IOException.class);
    }

    private static void revoke(Session session) throws Exception {
        new TokenRevocations(session).add(KeyRevocationList.builder().revokeSha256(HASH), Instant.EPOCH);
    }
}
