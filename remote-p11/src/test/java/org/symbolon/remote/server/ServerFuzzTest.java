package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.remote.FuzzSeeds;

/** The fuzz target on clients that were recorded, as they were and damaged, for a second or two. */
@Timeout(120)
class ServerFuzzTest {
    private static final int CHANGES_OF_EACH = 4;

    private final Random random = new Random(20261121);

    @Test
    void client_recordedOrDamaged_isAnsweredOrCutOff() throws IOException {
        List<byte[]> seeds = FuzzSeeds.of("ServerFuzz");
        assertThat(ServerFuzz.serve(seeds.get(FuzzSeeds.findings("ServerFuzz").size())))
                .as("a call of ours alone")
                .isEqualTo(1);
        int answered = 0;
        int answeredOfDamaged = 0;
        for (byte[] seed : seeds) {
            answered += ServerFuzz.serve(seed);
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                byte[] damaged = seed.clone();
                damaged[1 + random.nextInt(damaged.length - 1)] ^= (byte) (1 << random.nextInt(8));
                answeredOfDamaged += ServerFuzz.serve(damaged);
            }
        }
        assertThat(answered).isGreaterThan(seeds.size() * 4);
        assertThat(answeredOfDamaged).isBetween(answered, answered * CHANGES_OF_EACH - 1);
    }
}
