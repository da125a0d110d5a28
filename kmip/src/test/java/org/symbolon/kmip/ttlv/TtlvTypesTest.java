package org.symbolon.kmip.ttlv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Bytes;

/** Each type in each encoding. */
class TtlvTypesTest {
    private static final Tag TAG = Tag.of(0x420020);
    private static final Tag EXTENSION = Tag.of(0x54ABCD);

    /** The examples of the standard (KMIP 1.4 section 9.1.2). */
    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of(new Ttlv.Int(TAG, 8), "42002002000000040000000800000000"),
                Arguments.of(new Ttlv.LongInt(TAG, 123456789000000000L), "420020030000000801B69B4BA5749200"),
                Arguments.of(
                        Ttlv.BigInt.of(TAG, new BigInteger("1234567890000000000000000000")),
                        "42002004000000100000000003FD35EB6BC2DF4618080000"),
                Arguments.of(new Ttlv.Enumerated(TAG, 255), "4200200500000004000000FF00000000"),
                Arguments.of(new Ttlv.Bool(TAG, true), "42002006000000080000000000000001"),
                Arguments.of(Ttlv.Text.of(TAG, "Hello World"), "420020070000000B48656C6C6F20576F726C640000000000"),
                Arguments.of(
                        new Ttlv.Octets(TAG, Bytes.of((byte) 1, (byte) 2, (byte) 3)),
                        "42002008000000030102030000000000"),
                Arguments.of(new Ttlv.DateTime(TAG, 1205495800), "42002009000000080000000047DA67F8"),
                Arguments.of(new Ttlv.Interval(TAG, 864_000), "4200200A00000004000D2F0000000000"),
                Arguments.of(
                        Ttlv.Structure.of(
                                TAG, new Ttlv.Enumerated(Tag.of(0x420004), 254), new Ttlv.Int(Tag.of(0x420005), 255)),
                        "42002001000000204200040500000004000000FE000000004200050200000004000000FF00000000"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void encode_examplesOfTheStandard_areTheirBytes(Ttlv item, String hex) throws MalformedTtlvException {
        byte[] bytes = HexFormat.of().parseHex(hex.toLowerCase(java.util.Locale.ROOT));

        assertThat(TtlvEncoder.encode(item)).isEqualTo(bytes);
        assertThat(TtlvDecoder.decode(bytes, TtlvLimits.DEFAULT).toString()).isEqualTo(item.toString());
    }

    static Stream<Ttlv> extremes() {
        return Stream.of(
                new Ttlv.Int(TAG, Integer.MIN_VALUE),
                new Ttlv.LongInt(TAG, Long.MIN_VALUE),
                new Ttlv.LongInt(TAG, Long.MAX_VALUE),
                new Ttlv.LongInt(TAG, (1L << 52) - 1),
                new Ttlv.Enumerated(TAG, 0x80000001),
                new Ttlv.Interval(TAG, 0xFFFF_FFFFL),
                new Ttlv.DateTime(TAG, Long.MAX_VALUE),
                new Ttlv.DateTime(TAG, -1),
                new Ttlv.DateTimeExtended(TAG, 1_700_000_000_123_456L),
                new Ttlv.DateTimeExtended(TAG, Long.MIN_VALUE),
                Ttlv.Text.of(TAG, ""),
                Ttlv.Text.of(TAG, "<\"&>\n\t κλειδί 🔑"),
                new Ttlv.Octets(EXTENSION, Bytes.empty()),
                Ttlv.Structure.of(EXTENSION),
                new Ttlv.Int(Tag.named("CryptographicUsageMask"), 0x4000_0003),
                new Ttlv.Int(Tag.named("CryptographicUsageMask"), 0),
                new Ttlv.Enumerated(Tag.named("AttributeReference"), 0x420094));
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void encode_extremes_survivesEveryEncoding(Ttlv item) throws MalformedTtlvException {
        checkEncodings(item);
    }

    @Test
    void encode_bigIntegersOfAnyLength_survivesEveryEncoding() throws MalformedTtlvException {
        Random random = new Random(41);
        for (int bits = 0; bits < 600; bits++) {
            BigInteger value = new BigInteger(bits, random);
            for (BigInteger each : new BigInteger[] {value, value.negate()}) {
                Ttlv.BigInt read = (Ttlv.BigInt)
                        TtlvDecoder.decode(TtlvEncoder.encode(Ttlv.BigInt.of(TAG, each)), TtlvLimits.DEFAULT);
                assertThat(read.value()).isEqualTo(each);
                assertThat(read.content().length() % 8).isZero();
                checkEncodings(read);
            }
        }
    }

    @Test
    void encode_randomTrees_survivesEveryEncoding() throws MalformedTtlvException {
        Random random = new Random(43);
        for (int i = 0; i < 500; i++) {
            checkEncodings(RandomTtlv.structure(random, 5));
        }
    }

    private static void checkEncodings(Ttlv item) throws MalformedTtlvException {
        byte[] binary = TtlvEncoder.encode(item);

        assertThat(TtlvEncoder.encode(TtlvDecoder.decode(binary, TtlvLimits.DEFAULT)))
                .isEqualTo(binary);
        assertThat(TtlvEncoder.encode(TtlvXml.decode(TtlvXml.encode(item), TtlvLimits.DEFAULT)))
                .isEqualTo(binary);
        assertThat(TtlvEncoder.encode(TtlvJson.decode(TtlvJson.encode(item), TtlvLimits.DEFAULT)))
                .isEqualTo(binary);
    }
}
