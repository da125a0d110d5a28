package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.symbolon.kmip.server.MachineFuzz;
import org.symbolon.kmip.ttlv.JsonFuzz;
import org.symbolon.kmip.ttlv.TtlvFuzz;
import org.symbolon.kmip.ttlv.XmlFuzz;

/** The fuzz targets on OASIS's messages that somebody damaged, as many as take a second or two. */
class FuzzTargetsTest {
    private final Random random = new Random(20261122);

    private void damaged(String target, Consumer<byte[]> fuzz) {
        List<byte[]> seeds = KmipFuzzSeeds.of(target).toList();
        assertThat(seeds).hasSizeGreaterThan(200);
        for (byte[] seed : seeds) {
            byte[] damaged = seed.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            fuzz.accept(damaged);
        }
    }

    @Test
    void binary_damaged_isReadOrRefused() {
        damaged("TtlvFuzz", TtlvFuzz::fuzzerTestOneInput);
    }

    @Test
    void xml_damaged_isReadOrRefused() {
        damaged("XmlFuzz", XmlFuzz::fuzzerTestOneInput);
    }

    @Test
    void json_damaged_isReadOrRefused() {
        damaged("JsonFuzz", JsonFuzz::fuzzerTestOneInput);
    }

    @Test
    void requests_damaged_getResponses() {
        damaged("MachineFuzz", MachineFuzz::fuzzerTestOneInput);
    }

    @Test
    void seeds_ofNoTarget_areRefused() {
        assertThatThrownBy(() -> KmipFuzzSeeds.of("NoFuzz")).isInstanceOf(IllegalArgumentException.class);
    }
}
