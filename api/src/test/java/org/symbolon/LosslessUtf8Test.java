package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LosslessUtf8Test {
    @Test
    void decodeThenEncode_anyBytes_isIdentity() {
        Random random = new Random(7076);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertThat(LosslessUtf8.encode(LosslessUtf8.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void decode_wellFormed_isOrdinaryText() {
        assertThat(LosslessUtf8.decode(LosslessUtf8.encode("naïve 𝄞"))).isEqualTo("naïve 𝄞");
        assertThat(LosslessUtf8.encode("naïve 𝄞\uDCE9"))
                .endsWith(0x9D, 0x84, 0x9E, 0xE9)
                .startsWith("naïve ".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
