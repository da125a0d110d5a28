package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttributeTableTest {
    @Test
    void rules_rsaPrivateKey_mergeAllItsTables() {
        Map<Attribute<?>, AttributeTable.Rule> rules =
                AttributeTable.rules(ObjectClass.PRIVATE_KEY, Optional.of(KeyType.RSA));
        assertThat(rule(rules, Attribute.CLASS).footnotes()).containsExactly(1);
        assertThat(rule(rules, Attribute.PRIVATE_EXPONENT).footnotes()).containsExactlyInAnyOrder(1, 4, 6, 7);
        assertThat(rule(rules, Attribute.PRIVATE_EXPONENT).secret()).isTrue();
        assertThat(rule(rules, Attribute.MODULUS).secret()).isFalse();
        assertThat(rule(rules, Attribute.SENSITIVE).footnotes()).contains(11);
        assertThat(rule(rules, Attribute.EXTRACTABLE).footnotes()).contains(12);
        assertThat(rule(rules, Attribute.TOKEN).booleanDefault()).contains(false);
        assertThat(rules).doesNotContainKey(Attribute.VERIFY).doesNotContainKey(Attribute.EC_PARAMS);
    }

    @Test
    void rules_certificate_requireItsTypeAndSubject() {
        Map<Attribute<?>, AttributeTable.Rule> rules = AttributeTable.rules(ObjectClass.CERTIFICATE, Optional.empty());
        assertThat(rule(rules, Attribute.CERTIFICATE_TYPE).footnotes()).contains(1);
        assertThat(rule(rules, Attribute.SUBJECT).footnotes()).containsExactly(1);
        assertThat(rule(rules, Attribute.VALUE).footnotes()).isEmpty();
    }

    @Test
    void rules_everyKeyTypeWithATable_addKeyMaterial() {
        for (String type : new String[] {
            "CKK_RSA",
            "CKK_DH",
            "CKK_EC",
            "CKK_EC_EDWARDS",
            "CKK_EC_MONTGOMERY",
            "CKK_ML_DSA",
            "CKK_ML_KEM",
            "CKK_SLH_DSA"
        }) {
            Map<Attribute<?>, AttributeTable.Rule> rules =
                    AttributeTable.rules(ObjectClass.PRIVATE_KEY, Optional.of(KeyType.named(type)));
            assertThat(rules.values()).as(type).anyMatch(AttributeTable.Rule::secret);
        }
        for (String type : new String[] {"CKK_AES", "CKK_GENERIC_SECRET", "CKK_DES3", "CKK_CHACHA20", "CKK_AES_XTS"}) {
            Map<Attribute<?>, AttributeTable.Rule> rules =
                    AttributeTable.rules(ObjectClass.SECRET_KEY, Optional.of(KeyType.named(type)));
            assertThat(rule(rules, Attribute.VALUE).secret()).as(type).isTrue();
        }
    }

    @Test
    void types_ofTheConstants_comeFromTheTable() {
        assertThat(Attribute.named("CKA_HSS_LEVELS").orElseThrow().type()).isEqualTo(AttributeType.ULONG);
        assertThat(Attribute.named("url").orElseThrow().type()).isEqualTo(AttributeType.STRING);
        assertThat(Attribute.named("CKA_DERIVE_TEMPLATE").orElseThrow().type()).isEqualTo(AttributeType.TEMPLATE);
    }

    private static AttributeTable.Rule rule(Map<Attribute<?>, AttributeTable.Rule> rules, Attribute<?> attribute) {
        AttributeTable.Rule rule = rules.get(attribute);
        assertThat(rule).as(attribute.name()).isNotNull();
        return java.util.Objects.requireNonNull(rule);
    }
}
