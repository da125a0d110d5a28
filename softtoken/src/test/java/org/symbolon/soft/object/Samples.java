package org.symbolon.soft.object;

import java.time.LocalDate;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.MechanismSet;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.Template;

/** A value of each type of attribute, whatever it means. */
final class Samples {
    private Samples() {}

    /** Sets a sample of an attribute, a flag to this value. */
    static Attributes.Builder set(Attributes.Builder builder, Attribute<?> attribute, boolean flag) {
        AttributeType<?> type = attribute.type();
        if (type.equals(AttributeType.BOOLEAN)) {
            return builder.set(attribute.as(AttributeType.BOOLEAN), flag);
        } else if (type.equals(AttributeType.ULONG)) {
            return builder.set(attribute.as(AttributeType.ULONG), 16L);
        } else if (type.equals(AttributeType.STRING)) {
            return builder.set(attribute.as(AttributeType.STRING), "sample");
        } else if (type.equals(AttributeType.DATE)) {
            return builder.set(attribute.as(AttributeType.DATE), LocalDate.of(2026, 11, 21));
        } else if (type.equals(AttributeType.OBJECT_CLASS)) {
            return builder.set(attribute.as(AttributeType.OBJECT_CLASS), ObjectClass.DATA);
        } else if (type.equals(AttributeType.KEY_TYPE)) {
            return builder.set(attribute.as(AttributeType.KEY_TYPE), KeyType.AES);
        } else if (type.equals(AttributeType.MECHANISM)) {
            return builder.set(attribute.as(AttributeType.MECHANISM), MechanismType.named("CKM_SHA256"));
        } else if (type.equals(AttributeType.MECHANISMS)) {
            return builder.set(
                    attribute.as(AttributeType.MECHANISMS), MechanismSet.of(MechanismType.named("CKM_SHA256")));
        } else if (type.equals(AttributeType.TEMPLATE)) {
            return builder.set(attribute.as(AttributeType.TEMPLATE), Template.of(Attribute.TOKEN, true));
        }
        return builder.set(attribute.as(AttributeType.BYTES), Bytes.of((byte) 1));
    }
}
