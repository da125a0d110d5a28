package org.symbolon.soft.object;

import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.StandardAttributes;

/**
 * The values of attributes that a template leaves out: the standard's where it has one, and where it leaves the choice
 * to the token, the safe one.
 *
 * <p>Private and secret keys are private, sensitive and not extractable. A template that grants no use gets the one
 * that its key is for: signing and verifying, encrypting and decrypting, or encapsulating and decapsulating. A template
 * that grants some use grants no other.
 */
final class Defaults {
    private static final Attribute<?> NAME_HASH_ALGORITHM =
            Attribute.named("CKA_NAME_HASH_ALGORITHM").orElseThrow();
    private static final Attribute<?> VALIDATION_FLAGS =
            Attribute.named("CKA_OBJECT_VALIDATION_FLAGS").orElseThrow();

    private final ObjectKind kind;
    private final Attributes given;
    private final Attributes.Builder result = Attributes.builder();

    private Defaults(ObjectKind kind, Attributes given) {
        this.kind = kind;
        this.given = given;
    }

    /** Returns the attributes with a value for each that the kind has a default for. */
    static Attributes fill(ObjectKind kind, Attributes given) {
        Defaults defaults = new Defaults(kind, given);
        kind.rules().values().stream()
                .filter(rule -> !given.has(rule.attribute()))
                .forEach(defaults::fill);
        return defaults.result.setAll(given).build();
    }

    private void fill(AttributeTable.Rule rule) {
        Attribute<?> attribute = rule.attribute();
        if (attribute.type().equals(AttributeType.BOOLEAN)) {
            result.set(attribute.as(AttributeType.BOOLEAN), flag(rule));
        } else if (attribute.equals(Attribute.KEY_GEN_MECHANISM)) {
            result.set(Attribute.KEY_GEN_MECHANISM, new MechanismType(-1));
        } else if (attribute.equals(NAME_HASH_ALGORITHM)) {
            result.set(attribute.as(AttributeType.MECHANISM), MechanismType.named("CKM_SHA_1"));
        } else if (attribute.type().equals(AttributeType.STRING)
                && (rule.defaultText().equals("empty") || attribute.equals(Attribute.LABEL))) {
            result.set(attribute.as(AttributeType.STRING), "");
        } else if (attribute.type().equals(AttributeType.BYTES)
                && rule.defaultText().equals("empty")) {
            result.set(attribute.as(AttributeType.BYTES), Bytes.empty());
        } else if (rule.defaultText().endsWith("_UNSPECIFIED") || attribute.equals(VALIDATION_FLAGS)) {
            result.set(attribute.as(AttributeType.ULONG), 0L);
        }
    }

    private boolean flag(AttributeTable.Rule rule) {
        Attribute<?> attribute = rule.attribute();
        if (attribute.equals(Attribute.PRIVATE) || attribute.equals(Attribute.SENSITIVE)) {
            return kind.isSecret();
        }
        return rule.booleanDefault().orElse(StandardAttributes.USES.contains(attribute) && isUsual(attribute));
    }

    private boolean isUsual(Attribute<?> use) {
        boolean grantsSome = StandardAttributes.USES.stream().anyMatch(given::isTrue);
        if (grantsSome) {
            return false;
        }
        if (kind.encapsulates()) {
            return use.equals(
                    kind.objectClass().equals(ObjectClass.PUBLIC_KEY) ? Attribute.ENCAPSULATE : Attribute.DECAPSULATE);
        }
        if (kind.encrypts()) {
            return use.equals(Attribute.ENCRYPT) || use.equals(Attribute.DECRYPT);
        }
        boolean signs = use.equals(Attribute.SIGN) && !kind.objectClass().equals(ObjectClass.PUBLIC_KEY);
        boolean verifies = use.equals(Attribute.VERIFY) && !kind.objectClass().equals(ObjectClass.PRIVATE_KEY);
        return kind.signs() && (signs || verifies);
    }
}
