package org.symbolon.ssh.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.symbolon.ssh.SshVectors;

/** The fuzz targets on vectors that somebody damaged, as many as take a second or two. */
class CertificateFuzzTest {
    private static final int CHANGES_OF_EACH = 2000;

    private final Random random = new Random(20261122);

    @Test
    void certificate_damaged_isRefused() {
        int read = 0;
        for (JsonNode vector : SshVectors.group("cert")) {
            byte[] blob = SshVectors.hex(vector, "blob");
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                byte[] damaged = damaged(blob);
                read += !Arrays.equals(damaged, blob) && CertificateFuzz.tryParse(damaged) ? 1 : 0;
            }
            assertThat(CertificateFuzz.tryParse(blob)).isTrue();
        }
        assertThat(read).isZero();
    }

    @Test
    void revocations_damaged_areReadOrRefused() {
        int read = 0;
        for (JsonNode vector : SshVectors.group("krl")) {
            byte[] list = SshVectors.hex(vector, "krl");
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                read += RevocationFuzz.tryParse(damaged(list)) ? 1 : 0;
            }
        }
        assertThat(read).isBetween(CHANGES_OF_EACH / 100, 2 * CHANGES_OF_EACH - 1);
    }

    /** Changes a bit or a byte, writes a hostile length, cuts the end off, or doubles a part. */
    private byte[] damaged(byte[] body) {
        byte[] damaged = body.clone();
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + 4), (byte) random.nextInt());
            case 3 -> damaged = Arrays.copyOf(damaged, at);
            default -> System.arraycopy(body, 0, damaged, at, Math.min(body.length - at, 1 + random.nextInt(16)));
        }
        return damaged;
    }
}
