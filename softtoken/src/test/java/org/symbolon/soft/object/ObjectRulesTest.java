package org.symbolon.soft.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.Template;

/** Rules that stand beside the tables. */
class ObjectRulesTest {
    private static Attributes aes(Template wrapTemplate) {
        return Attributes.builder()
                .set(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .set(Attribute.KEY_TYPE, KeyType.AES)
                .set(Attribute.VALUE, Bytes.of(new byte[16]))
                .set(Attribute.WRAP_TEMPLATE, wrapTemplate)
                .build();
    }

    private static Template nested(int depth) {
        Template template = Template.of(Attribute.EXTRACTABLE, true);
        for (int i = 1; i < depth; i++) {
            template = Template.of(Attribute.WRAP_TEMPLATE, template);
        }
        return template;
    }

    @Test
    void create_templatesNestedTooDeep_isRefused() throws Exception {
        assertThat(ObjectRules.create(aes(nested(4)), false).has(Attribute.WRAP_TEMPLATE))
                .isTrue();
        assertThatThrownBy(() -> ObjectRules.create(aes(nested(5)), false))
                .hasMessageContaining("CKR_ATTRIBUTE_VALUE_INVALID")
                .hasMessageContaining("at most 4 deep");
    }

    @Test
    void set_trustedCertificate_isForTheOfficer() throws Exception {
        Attributes trusted = Attributes.builder()
                .set(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .set(Attribute.CERTIFICATE_TYPE, 0L)
                .set(Attribute.TRUSTED, true)
                .build();
        Attributes change = Attributes.builder().set(Attribute.LABEL, "another").build();

        assertThatThrownBy(() -> ObjectRules.set(trusted, change, false)).hasMessageContaining("CKR_ACTION_PROHIBITED");
        assertThat(ObjectRules.set(trusted, change, true).get(Attribute.LABEL)).isEqualTo("another");
        assertThat(ObjectRules.set(trusted.with(Attribute.TRUSTED, false), change, false)
                        .get(Attribute.LABEL))
                .isEqualTo("another");
    }
}
