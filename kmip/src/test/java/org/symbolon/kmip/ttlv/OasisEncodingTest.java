package org.symbolon.kmip.ttlv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.symbolon.kmip.reference.OasisCase;

/** Every message that OASIS published is the same in all three encodings. */
class OasisEncodingTest {
    private static final int MESSAGES = 6_678;

    @TestFactory
    Stream<DynamicTest> cases_ofEachVersion_areTheSameInEveryEncoding() {
        return DynamicTest.stream(
                OasisCase.VERSIONS.stream(),
                version -> version,
                version -> OasisCase.ofVersion(version)
                        .forEach(each -> each.decoded().forEach(OasisEncodingTest::check)));
    }

    @Test
    void cases_ofAllVersions_areAllThere() {
        assertThat(OasisCase.all().mapToInt(each -> each.messages().size()).sum())
                .isEqualTo(MESSAGES);
    }

    private static void check(Ttlv message) {
        byte[] binary = TtlvEncoder.encode(message);
        try {
            assertThat(TtlvDecoder.decode(binary, TtlvLimits.DEFAULT)).isEqualTo(message);
            assertThat(TtlvXml.decode(TtlvXml.encode(message), TtlvLimits.DEFAULT))
                    .isEqualTo(message);
            assertThat(TtlvJson.decode(TtlvJson.encode(message), TtlvLimits.DEFAULT))
                    .isEqualTo(message);
            assertThat(TtlvEncoder.encode(TtlvJson.decode(TtlvJson.encode(message), TtlvLimits.DEFAULT)))
                    .isEqualTo(binary);
        } catch (MalformedTtlvException e) {
            throw new AssertionError(message.toString(), e);
        }
    }
}
