package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.remote.FuzzSeeds;

/** The fuzz target on servers that answer with recorded replies of other calls, and damaged ones, for a second or two. */
@Timeout(120)
class ClientFuzzTest {
    private final Random random = new Random(20261121);

    @Test
    void server_thatBehaves_isUsedToTheEnd() {
        assertThat(ClientFuzz.use(new byte[] {2})).isGreaterThan(12);
        assertThat(ClientFuzz.use(new byte[] {3})).isGreaterThan(12);
    }

    @Test
    void server_thatMisbehaves_isTold() throws IOException {
        List<byte[]> seeds = FuzzSeeds.of("ClientFuzz");
        int replies = 0;
        for (byte[] seed : seeds) {
            replies += ClientFuzz.use(seed);
            byte[] damaged = seed.clone();
            for (int i = 0; i < 4; i++) {
                damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt();
            }
            replies += ClientFuzz.use(damaged);
        }
        assertThat(replies).isGreaterThan(seeds.size() * 4);
    }
}
