package org.symbolon.ssh.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.symbolon.ssh.Damage;
import org.symbolon.ssh.SshVectors;

/** The fuzz targets on vectors that somebody damaged, as many as take a second or two. */
class CertificateFuzzTest {
    private static final int CHANGES_OF_EACH = 2000;

    private final Damage damage = new Damage();

    @Test
    void certificate_damaged_isRefused() {
        int read = 0;
        for (JsonNode vector : SshVectors.group("cert")) {
            byte[] blob = SshVectors.hex(vector, "blob");
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                byte[] damaged = damage.to(blob);
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
                read += RevocationFuzz.tryParse(damage.to(list)) ? 1 : 0;
            }
        }
        assertThat(read).isBetween(CHANGES_OF_EACH / 100, 2 * CHANGES_OF_EACH - 1);
    }
}
