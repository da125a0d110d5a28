package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.ssh.agent.AgentAnswerFuzz;
import org.symbolon.ssh.agent.AgentFuzz;
import org.symbolon.ssh.publickey.SubsystemFuzz;
import org.symbolon.ssh.x509.X509Fuzz;

/** The fuzz targets on seeds that somebody damaged or cut, as many as take a second or two. */
class FuzzTargetsTest {
    private static final int TIMES = 50;

    static List<Arguments> targets() {
        return List.of(
                target("KeyBlobFuzz", KeyBlobFuzz::fuzzerTestOneInput),
                target("AuthorizedKeysFuzz", AuthorizedKeysFuzz::fuzzerTestOneInput),
                target("SubsystemFuzz", SubsystemFuzz::fuzzerTestOneInput),
                target("AgentFuzz", AgentFuzz::fuzzerTestOneInput),
                target("AgentAnswerFuzz", AgentAnswerFuzz::fuzzerTestOneInput),
                target("X509Fuzz", X509Fuzz::fuzzerTestOneInput));
    }

    private static Arguments target(String name, Consumer<byte[]> fuzz) {
        return Arguments.of(name, fuzz);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void target_onDamagedSeeds_readsOrRefuses(String name, Consumer<byte[]> fuzz) throws SshFormatException {
        Random random = new Random(20261122);
        List<byte[]> seeds = SshFuzzSeeds.of(name);
        assertThat(seeds).hasSizeGreaterThan(3);
        for (byte[] seed : seeds) {
            fuzz.accept(seed);
            for (int i = 0; i < TIMES; i++) {
                byte[] damaged = Arrays.copyOf(seed, seed.length - random.nextInt(2) * random.nextInt(seed.length));
                for (int hits = random.nextInt(4); hits > 0 && damaged.length > 0; hits--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                fuzz.accept(damaged);
            }
        }
    }

    @Test
    void seeds_ofNoTarget_areRefused() {
        assertThatThrownBy(() -> SshFuzzSeeds.of("NoFuzz")).isInstanceOf(IllegalArgumentException.class);
    }
}
