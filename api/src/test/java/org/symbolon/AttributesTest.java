package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final Attributes SAMPLE = Attributes.builder()
            .set(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
            .set(Attribute.LABEL, "déploy")
            .set(Attribute.SIGN, true)
            .set(Attribute.VALUE_LEN, 32L)
            .set(Attribute.START_DATE, LocalDate.of(2026, 11, 21))
            .set(Attribute.ALLOWED_MECHANISMS, MechanismSet.of(Mechanism.ECDSA.type(), Mechanism.EDDSA.type()))
            .set(Attribute.UNWRAP_TEMPLATE, Template.label("inner").with(Attribute.EXTRACTABLE, false))
            .build();

    @Test
    void toBytes_thenOfBytes_isIdentity() {
        assertThat(Attributes.ofBytes(SAMPLE.toBytes())).isEqualTo(SAMPLE);
    }

    @Test
    void toBytes_orderOfSetting_doesNotMatter() {
        Attributes one =
                Attributes.none().with(Attribute.ID, Bytes.of((byte) 1)).with(Attribute.LABEL, "x");
        Attributes other = Attributes.none().with(Attribute.LABEL, "x").with(Attribute.ID, Bytes.of((byte) 1));
        assertThat(one.toBytes()).isEqualTo(other.toBytes());
    }

    @Test
    void ofBytes_everyPrefix_isRefusedOrShorter() {
        byte[] whole = SAMPLE.toBytes().toByteArray();
        for (int length = 0; length < whole.length; length++) {
            Bytes prefix = Bytes.wrap(java.util.Arrays.copyOf(whole, length));
            try {
                assertThat(Attributes.ofBytes(prefix).present().size())
                        .isLessThan(SAMPLE.present().size());
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void ofBytes_randomBytes_neverFailsOtherwise() {
        Random random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = SAMPLE.toBytes().toByteArray();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                Attributes.ofBytes(Bytes.wrap(bytes));
            } catch (IllegalArgumentException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void ofBytes_templatesNestedDeeply_isRefused() {
        Template template = Template.label("x");
        for (int depth = 0; depth < 9; depth++) {
            template = Template.of(Attribute.UNWRAP_TEMPLATE, template);
        }
        Bytes bytes = template.attributes().toBytes();
        assertThatThrownBy(() -> Attributes.ofBytes(bytes)).hasMessageContaining("nested deeper than 8");
    }

    @Test
    void setEncoded_wrongLength_namesTheAttribute() {
        assertThatThrownBy(() -> Attributes.builder().setEncoded(Attribute.SIGN, Bytes.of((byte) 1, (byte) 1)))
                .hasMessage("CKA_SIGN: a boolean has 1 byte, not 2");
    }

    @Test
    void get_absentAndSensitive_sayWhich() {
        Attributes attributes =
                Attributes.builder().setSensitive(Attribute.VALUE).build();
        assertThatThrownBy(() -> attributes.get(Attribute.VALUE))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("CKA_VALUE is sensitive");
        assertThatThrownBy(() -> attributes.get(Attribute.LABEL)).hasMessageContaining("CKA_LABEL is not among");
    }

    @Test
    void all_everyAttributeOfTheStandard_isFoundByNameAndNumber() {
        List<String> wrong = new ArrayList<>();
        for (Attribute<?> attribute : Attribute.all()) {
            if (!Attribute.named(attribute.name()).equals(java.util.Optional.of(attribute))
                    || !Attribute.of(attribute.code()).equals(attribute)) {
                wrong.add(attribute.name());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(Attribute.all()).hasSizeGreaterThan(140);
    }

    @Test
    void of_vendorAttribute_holdsBytes() {
        Attribute<?> vendor = Attribute.of(0x80000123L);
        assertThat(vendor).hasToString("0x80000123");
        assertThat(vendor.type()).isEqualTo(AttributeType.BYTES);
    }

    @Test
    void as_otherType_isRefused() {
        assertThatThrownBy(() -> Attribute.LABEL.as(AttributeType.BOOLEAN))
                .hasMessage("CKA_LABEL is of type text, not boolean");
    }
}
