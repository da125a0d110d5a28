package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs11UriTest {
    private static final TokenInfo TEAM =
            new TokenInfo("Team", "Symbolon", "Soft", "0123456789abcdef", Set.of(), 4, 255, OptionalInt.empty());

    private static TokenObject object(String label, String idHex) {
        return TokenObject.of(
                new ObjectId.Unique("0123456789abcdef", "u"),
                Attributes.none()
                        .with(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                        .with(Attribute.LABEL, label)
                        .with(Attribute.ID, Bytes.ofHex(idHex)),
                true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs11:",
                "pkcs11:token=Team;object=deploy;id=%01%FF;type=private",
                "pkcs11:object=a:[]@!$'()*+,=&b",
                "pkcs11:object=%2F%3F%3B%7C%20%25%23",
                "pkcs11:library-version=3.1;slot-id=0;token=",
                "pkcs11:token=T?pin-source=file:/etc/token&x-vendor=1&x-vendor=2",
                "pkcs11:token=T?pin-source=|/usr/bin/pin%20tool",
                "pkcs11:x-unknown=1",
            })
    void toString_ofCanonicalText_isThatText(String text) {
        assertThat(Pkcs11Uri.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://x | a PKCS #11 URI begins with pkcs11: and has at most 8192 characters",
                "pkcs11:token=a;token=b | path attribute token appears twice",
                "pkcs11:token | a path attribute is name=value; the name has letters, digits, - and _ only",
                "pkcs11:token=a;;object=b | a path attribute is name=value; the name has letters, digits, - and _ only",
                "pkcs11:token=a/b | token has a character at 1 of its value that must be percent-encoded: U+002F",
                "pkcs11:token=%4 | token has a % at character 0 of its value without two hexadecimal digits",
                "pkcs11:token=%４１ | token has a % at character 0 of its value without two hexadecimal digits",
                "pkcs11:token=%zz | token has a % at character 0 of its value without two hexadecimal digits",
                "pkcs11:token=%FF | token is not UTF-8",
                "pkcs11:model=01234567890123456 | model has at most 16 bytes, not 17",
                "pkcs11:type=key | type is public, private, cert, secret-key or data, not key",
                "pkcs11:slot-id=-1 | slot-id is a decimal number, not -1",
                "pkcs11:library-version=3.256 | library-version is M or M.N, each at most 255, not 3.256",
                "pkcs11:?pin-value=1&pin-source=x | a PKCS #11 URI has pin-source or pin-value, not both",
                "pkcs11:?pin-value=1&pin-value=2 | query attribute pin-value appears twice",
                "pkcs11:?module-path=lib.so | module-path is absolute",
            })
    void parse_malformed_saysWhatAndWhere(String text, String message) {
        assertThatThrownBy(() -> Pkcs11Uri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void of_objectWhoseLabelIsNoUtf8_canBeParsedAgain() {
        TokenObject key = object(LosslessUtf8.decode(new byte[] {'a', (byte) 0xE9}), "01");
        Pkcs11Uri uri = Pkcs11Uri.of(TEAM, key);
        assertThat(Pkcs11Uri.parse(uri.toString())).isEqualTo(uri);
        assertThat(uri.matches(key)).isTrue();
    }

    @Test
    void matches_moduleVersionThatIsNoNumber_doesNotMatch() {
        ModuleInfo snapshot = new ModuleInfo("Fake", "Symbolon", "1.0-SNAPSHOT");
        assertThat(Pkcs11Uri.parse("pkcs11:library-version=1").matches(snapshot))
                .isFalse();
        assertThat(Pkcs11Uri.any().matches(snapshot)).isTrue();
    }

    @Test
    void equals_orderCaseAndEncoding_doNotMatter() {
        assertThat(Pkcs11Uri.parse("PKCS11:object=%64eploy;token=Team;library-version=3"))
                .isEqualTo(Pkcs11Uri.parse("pkcs11:library-version=3.0;token=Team;object=deploy"))
                .hasSameHashCodeAs(Pkcs11Uri.parse("pkcs11:library-version=3.0;token=Team;object=deploy"))
                .isNotEqualTo(Pkcs11Uri.parse("pkcs11:token=team;object=deploy"));
    }

    @Test
    void toString_pinValue_isRedacted() {
        Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:token=T?pin-value=12%2034");
        assertThat(uri).hasToString("pkcs11:token=T?pin-value=redacted");
        try (Pin pin = uri.pinValue().orElseThrow()) {
            assertThat(pin.toChars()).isEqualTo("12 34".toCharArray());
        }
    }

    @Test
    void matches_absentAttributes_matchAnything() {
        assertThat(Pkcs11Uri.any().matches(TEAM)).isTrue();
        assertThat(Pkcs11Uri.any().matches(object("x", "01"))).isTrue();
    }

    @Test
    void matches_presentAttributes_narrow() {
        assertThat(Pkcs11Uri.parse("pkcs11:token=Team;model=Soft").matches(TEAM))
                .isTrue();
        assertThat(Pkcs11Uri.parse("pkcs11:token=Team;model=Hard").matches(TEAM))
                .isFalse();
        assertThat(Pkcs11Uri.parse("pkcs11:object=").matches(object("x", "01"))).isFalse();
        assertThat(Pkcs11Uri.parse("pkcs11:object=").matches(object("", "01"))).isTrue();
        assertThat(Pkcs11Uri.parse("pkcs11:id=%01;type=private").matches(object("x", "01")))
                .isTrue();
        assertThat(Pkcs11Uri.parse("pkcs11:id=%01;type=public").matches(object("x", "01")))
                .isFalse();
    }

    @Test
    void matches_decomposedLabel_isCompareInNormalizationFormC() {
        assertThat(Pkcs11Uri.parse("pkcs11:object=de%CC%81ploy").matches(object("d\u00e9ploy", "01")))
                .isTrue();
    }

    @Test
    void matches_unknownPathAttribute_matchesNothing() {
        Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:token=Team;x-colour=red");
        assertThat(uri.matches(TEAM)).isFalse();
        assertThat(uri.unknownAttributes()).containsExactly("x-colour");
        assertThatThrownBy(uri::toQuery).hasMessageContaining("RFC 7512 does not know [x-colour]");
    }

    @Test
    void of_object_namesItAndMatchesIt() {
        TokenObject key = object("a/b;c?é\n", "00ff");
        Pkcs11Uri uri = Pkcs11Uri.of(TEAM, key);
        assertThat(Pkcs11Uri.parse(uri.toString())).isEqualTo(uri);
        assertThat(uri.matches(key)).isTrue();
        assertThat(uri.toQuery().attributes().get(Attribute.ID)).isEqualTo(Bytes.ofHex("00ff"));
    }

    @Test
    void parse_randomText_parsesOrIsRefused() {
        Random random = new Random(7512);
        String alphabet = "pkcs11:=;?&%0aF-token object/|";
        int parsed = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder("pkcs11:");
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Pkcs11Uri uri = Pkcs11Uri.parse(text.toString());
                assertThat(uri.pinValue()).isEmpty();
                assertThat(Pkcs11Uri.parse(uri.toString())).isEqualTo(uri);
                parsed++;
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
        assertThat(parsed).isPositive();
    }
}
