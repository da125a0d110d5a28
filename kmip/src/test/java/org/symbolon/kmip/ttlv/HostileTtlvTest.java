package org.symbolon.kmip.ttlv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.reference.KmipReference;

/** What a peer that means harm may send. */
class HostileTtlvTest {
    private static final Tag REQUEST = Tag.named("RequestMessage");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "420078 | the message at offset 0: an item begins with 8 bytes, and 3 are left",
                "4200200200000004000000 | CompromiseDate at offset 0: Integer of 4 bytes, where 3 are left",
                "42002002000000080000000000000000 | Integer of 8 bytes; it has 4 of them",
                "42002002800000000000000000000000 | Integer of 2147483648 bytes, where 8 are left",
                "42002008FFFFFFFF0000000000000000 | ByteString of 4294967295 bytes, where 8 are left",
                "42002001000000040000000400000000 | Structure of 4 bytes; it has a multiple of 8",
                "4200200C000000040000000400000000 | 0xc is no item type",
                "42002000000000040000000400000000 | 0x0 is no item type",
                "42002002000000040000000400000001 | padded with something else than zeroes",
                "42002008000000030102030000000000 FF | 1 bytes follow the item",
                "420020080000000301020300 | lacks its padding",
                "42002006000000080000000000000002 | neither 0 nor 1",
                "4200200400000000 | BigInteger of 0 bytes",
                "42002007000000024142000000 | lacks its padding",
                "4200200700000002C328000000000000 | TextString that is not UTF-8",
                "42007801000000104200200200000008000000 | where 11 are left",
                "4200780100000010420020020000000800000000000000FF | Integer of 8 bytes",
                "420078010000001042007702000000040000000500000000 FFFFFFFFFFFFFFFF | 8 bytes follow"
            })
    void decode_brokenBytes_saysWhatAndWhere(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", "").toLowerCase(java.util.Locale.ROOT));

        assertThatThrownBy(() -> TtlvDecoder.decode(bytes, TtlvLimits.DEFAULT))
                .isInstanceOf(MalformedTtlvException.class)
                .hasMessageContaining(message);
    }

    @Test
    void decode_structuresAThousandDeep_areRefused() {
        byte[] deep = new byte[8_000];
        ByteBuffer out = ByteBuffer.wrap(deep);
        for (int left = deep.length - 8; left >= 0; left -= 8) {
            out.putInt(REQUEST.code() << 8 | 1).putInt(left);
        }

        assertThatThrownBy(() -> TtlvDecoder.decode(deep, TtlvLimits.DEFAULT))
                .isInstanceOf(MalformedTtlvException.class)
                .hasMessageContaining("deeper than 32");
    }

    @Test
    void decode_moreItemsThanTaken_areRefused() {
        Ttlv many = new Ttlv.Structure(
                REQUEST, java.util.Collections.nCopies(20, Ttlv.Structure.of(Tag.named("Attributes"))));

        assertThatThrownBy(() -> TtlvDecoder.decode(TtlvEncoder.encode(many), new TtlvLimits(1024, 8, 20)))
                .hasMessageContaining("more than 20 items");
    }

    @Test
    void decode_everyPrefixAndEveryDamagedHeaderOfAVector_isRefusedOrAMessage() {
        for (String[] row : KmipReference.rows("ttlv-vectors.tsv")) {
            byte[] vector = HexFormat.of().parseHex(row[2]);
            for (int length = 0; length < vector.length; length++) {
                byte[] prefix = Arrays.copyOf(vector, length);
                assertThatThrownBy(() -> TtlvDecoder.decode(prefix, TtlvLimits.DEFAULT))
                        .isInstanceOf(MalformedTtlvException.class);
            }
            for (int i = 0; i < vector.length; i++) {
                for (int value : new int[] {0, 1, 8, 0x0B, 0x7F, 0x80, 0xFF}) {
                    byte[] damaged = vector.clone();
                    damaged[i] = (byte) value;
                    TtlvFuzz.fuzzerTestOneInput(damaged);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "<RequestMessage>",
                "<NoSuchTag/>",
                "<TTLV type=\"Integer\" value=\"1\"/>",
                "<TTLV tag=\"0x12\" type=\"Integer\" value=\"1\"/>",
                "<BatchCount type=\"Number\" value=\"1\"/>",
                "<BatchCount type=\"Integer\"/>",
                "<BatchCount type=\"Integer\" value=\"one\"/>",
                "<BatchCount type=\"Integer\" value=\"99999999999\"/>",
                "<Operation type=\"Enumeration\" value=\"Singe\"/>",
                "<KeyMaterial type=\"ByteString\" value=\"123\"/>",
                "<Modulus type=\"BigInteger\" value=\"\"/>",
                "<TimeStamp type=\"DateTime\" value=\"yesterday\"/>",
                "<LeaseTime type=\"Interval\" value=\"-1\"/>",
                "<!DOCTYPE a [<!ENTITY b \"c\">]><RequestMessage>&b;</RequestMessage>",
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><RequestMessage/>"
            })
    void decodeXml_somethingElse_isRefused(String xml) {
        assertThatThrownBy(() -> TtlvXml.decode(xml.getBytes(StandardCharsets.UTF_8), TtlvLimits.DEFAULT))
                .isInstanceOf(MalformedTtlvException.class)
                .hasMessageNotContaining("passwd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"tag\":\"RequestMessage\",\"value\":{}}",
                "{\"tag\":\"RequestMessage\",\"value\":[1]}",
                "{\"tag\":\"BatchCount\",\"type\":\"Integer\",\"value\":[]}",
                "{\"tag\":\"BatchCount\",\"type\":\"Integer\",\"value\":1.5}",
                "{\"tag\":\"BatchCount\",\"tag\":\"BatchCount\",\"type\":\"Integer\",\"value\":1}",
                "{\"tag\":\"RequestMessage\",\"value\":[]} {}"
            })
    void decodeJson_somethingElse_isRefused(String json) {
        assertThatThrownBy(() -> TtlvJson.decode(json.getBytes(StandardCharsets.UTF_8), TtlvLimits.DEFAULT))
                .isInstanceOf(MalformedTtlvException.class);
    }

    @Test
    void decodeText_aThousandDeep_isRefused() {
        String xml = "<Attributes>".repeat(1000) + "</Attributes>".repeat(1000);
        String json = "{\"tag\":\"Attributes\",\"value\":[".repeat(1000) + "]}".repeat(1000);

        assertThatThrownBy(() -> TtlvXml.decode(xml.getBytes(StandardCharsets.UTF_8), TtlvLimits.DEFAULT))
                .hasMessageContaining("deeper than 32");
        assertThatThrownBy(() -> TtlvJson.decode(json.getBytes(StandardCharsets.UTF_8), TtlvLimits.DEFAULT))
                .isInstanceOf(MalformedTtlvException.class);
    }

    @Test
    void decode_secrets_neverShow() throws MalformedTtlvException {
        Ttlv password = Ttlv.Text.of(Tag.named("Password"), "correct horse");
        Ttlv decoded = TtlvDecoder.decode(TtlvEncoder.encode(password), TtlvLimits.DEFAULT);

        assertThat(password.toString()).doesNotContain("horse");
        assertThat(decoded.toString()).doesNotContain("horse");
        assertThat(((Ttlv.Text) decoded).utf8()).isInstanceOf(SecretBytes.class);
        assertThatThrownBy(() -> TtlvXml.decode(
                        "<KeyMaterial type=\"ByteString\" value=\"horse\"/>".getBytes(StandardCharsets.UTF_8),
                        TtlvLimits.DEFAULT))
                .hasMessageNotContaining("horse");
    }

    @Test
    void readFrame_anotherProtocol_isRefused() {
        byte[] http = "HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> MessageFrame.read(new ByteArrayInputStream(http), REQUEST, TtlvLimits.DEFAULT))
                .isInstanceOf(MalformedTtlvException.class)
                .hasMessageContaining("is the other end a KMIP peer?");
    }

    @Test
    void readFrame_lengthOf4GiB_isRefusedBeforeAnythingIsAllocated() {
        byte[] header = HexFormat.of().parseHex("42007801fffffff8");

        assertThatThrownBy(() -> MessageFrame.read(new ByteArrayInputStream(header), REQUEST, TtlvLimits.DEFAULT))
                .isInstanceOf(MalformedTtlvException.class)
                .hasMessage("RequestMessage of 4294967288 bytes; at most 1048576 are taken");
    }

    @Test
    void readFrame_endsWithin_isTold() throws IOException {
        byte[] half = HexFormat.of().parseHex("420078010000001042006902");

        assertThatThrownBy(() -> MessageFrame.read(new ByteArrayInputStream(half), REQUEST, TtlvLimits.DEFAULT))
                .isInstanceOf(EOFException.class)
                .hasMessage("the connection ended after 12 bytes of a message of 24");
        assertThat(MessageFrame.read(new ByteArrayInputStream(new byte[0]), REQUEST, TtlvLimits.DEFAULT))
                .isEmpty();
    }

    @Test
    void wipe_message_endsItsSecrets() {
        Ttlv.Octets material = new Ttlv.Octets(Tag.named("KeyMaterial"), SecretBytes.copyOf(new byte[] {1, 2, 3}));
        Ttlv block = new Ttlv.Structure(Tag.named("KeyValue"), List.of(material));

        block.wipe();

        assertThatThrownBy(() -> material.value().toByteArray()).isInstanceOf(IllegalStateException.class);
    }
}
