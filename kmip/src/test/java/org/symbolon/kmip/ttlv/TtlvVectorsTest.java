package org.symbolon.kmip.ttlv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.symbolon.kmip.reference.KmipReference;

/** The bytes that the standard and others have printed. */
class TtlvVectorsTest {
    private static final List<String[]> PRINTED = KmipReference.rows("ttlv-vectors.tsv");
    private static final List<String[]> USE_CASES = KmipReference.rows("ttlv-vectors-usecases.tsv");

    /** Rows, counted from 1, whose printed time differs from the one in their XML. */
    private static final Set<Integer> OTHER_TIME = Set.of(6, 8, 18, 20, 30, 32);

    private static final int TIME_FROM = 64;
    private static final int TIME_TO = 72;

    @TestFactory
    Stream<DynamicTest> vectors_decodedAndEncoded_areTheSameBytes() {
        return DynamicTest.stream(
                Stream.concat(PRINTED.stream(), USE_CASES.stream()),
                row -> row.length == 3 ? "printed " + (PRINTED.indexOf(row) + 1) : row[1],
                row -> {
                    byte[] bytes = HexFormat.of().parseHex(row[row.length - 1]);

                    assertThat(TtlvEncoder.encode(TtlvDecoder.decode(bytes, TtlvLimits.DEFAULT)))
                            .isEqualTo(bytes);
                });
    }

    @TestFactory
    Stream<DynamicTest> vectors_inXml_encodeToThePrintedBytes() {
        return DynamicTest.stream(IntStream.range(0, PRINTED.size()).boxed(), i -> "row " + (i + 1), i -> {
            byte[] printed = HexFormat.of().parseHex(PRINTED.get(i)[2]);
            byte[] encoded = TtlvEncoder.encode(
                    TtlvXml.decode(PRINTED.get(i)[1].getBytes(StandardCharsets.UTF_8), TtlvLimits.DEFAULT));
            if (OTHER_TIME.contains(i + 1)) {
                Arrays.fill(printed, TIME_FROM, TIME_TO, (byte) 0);
                Arrays.fill(encoded, TIME_FROM, TIME_TO, (byte) 0);
            }

            assertThat(encoded).isEqualTo(printed);
        });
    }

    @Test
    void vectors_ofTheReference_areAllThere() {
        assertThat(PRINTED).hasSize(36);
        assertThat(USE_CASES).hasSize(77);
    }
}
