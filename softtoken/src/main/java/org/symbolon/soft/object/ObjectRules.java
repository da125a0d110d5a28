package org.symbolon.soft.object;

import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;

/**
 * PKCS #11's rules for the attributes of objects (v3.2 section 4.1): what a template must, may and must not say when an
 * object is created, generated, copied or changed. The rules of each attribute are the notes of its row in the
 * {@link AttributeTable}.
 *
 * <p>Errors come in one order: unknown attribute, attribute of another kind of object, bad value, read-only,
 * incomplete, inconsistent.
 */
public final class ObjectRules {
    private static final int MODIFIABLE_NOTE = 8;
    private static final int OFFICER_NOTE = 10;
    private static final int LATCH_TRUE_NOTE = 11;
    private static final int LATCH_FALSE_NOTE = 12;
    private static final int MADE_BY_TOKEN_NOTE = 13;
    private static final int MAX_VALUE_BYTES = 1 << 20;
    /** Templates in templates: fewer than what is read back, so that no object is made that cannot be read. */
    private static final int MAX_NESTED_TEMPLATES = 4;

    /** What may be set later though its row has no note that says so: the text of the standard does. */
    private static final Set<Attribute<?>> MODIFIABLE_CERTIFICATE_PARTS =
            Set.of(Attribute.ID, Attribute.ISSUER, Attribute.SERIAL_NUMBER);

    /** What one object has alone, a copy has not. */
    private static final Attribute<?> CLAIMS =
            Attribute.named("CKA_SYMBOLON_CLAIMS").orElseThrow();

    private static final Set<Attribute<?>> CHANGED_BY_COPY =
            Set.of(Attribute.TOKEN, Attribute.PRIVATE, Attribute.MODIFIABLE, Attribute.COPYABLE, Attribute.DESTROYABLE);

    private ObjectRules() {}

    /**
     * Returns the attributes of an object to be created (C_CreateObject), without those that are computed from its
     * value.
     *
     * @param template what is wanted
     * @param officer whether the security officer wants it
     * @return the attributes, with defaults
     * @throws TokenException if the template breaks a rule
     */
    public static Attributes create(Attributes template, boolean officer) throws TokenException {
        ObjectKind kind = kind(template);
        check(kind, template, Making.CREATE, officer);
        Attributes.Builder made = Attributes.builder().setAll(Defaults.fill(kind, template));
        if (kind.isSecret()) {
            made.set(Attribute.ALWAYS_SENSITIVE, false).set(Attribute.NEVER_EXTRACTABLE, false);
        }
        return consistent(kind, made.build());
    }

    /**
     * Returns the attributes of a key to be generated, without its material.
     *
     * @param kind the kind of the key
     * @param template what is wanted
     * @param mechanism what generates it
     * @param officer whether the security officer wants it
     * @return the attributes, with defaults
     * @throws TokenException if the template breaks a rule
     */
    public static Attributes generate(ObjectKind kind, Attributes template, MechanismType mechanism, boolean officer)
            throws TokenException {
        boolean fits = template.find(Attribute.CLASS).orElse(kind.objectClass()).equals(kind.objectClass())
                && template.find(Attribute.KEY_TYPE).or(kind::keyType).equals(kind.keyType());
        if (!fits) {
            throw invalid("CKR_TEMPLATE_INCONSISTENT", mechanism.name() + " makes a " + kind);
        }
        Attributes whole = template.with(Attribute.CLASS, kind.objectClass())
                .with(Attribute.KEY_TYPE, kind.keyType().orElseThrow());
        check(kind, whole, Making.GENERATE, officer);
        Attributes.Builder made = Attributes.builder()
                .setAll(Defaults.fill(kind, whole))
                .set(Attribute.LOCAL, true)
                .set(Attribute.KEY_GEN_MECHANISM, mechanism);
        Attributes filled = made.build();
        if (kind.isSecret()) {
            made.set(Attribute.ALWAYS_SENSITIVE, filled.isTrue(Attribute.SENSITIVE))
                    .set(Attribute.NEVER_EXTRACTABLE, !filled.isTrue(Attribute.EXTRACTABLE));
        }
        return consistent(kind, made.build());
    }

    /**
     * Returns the attributes of a key to be unwrapped, without its material.
     *
     * @param template what is wanted
     * @param officer whether the security officer wants it
     * @return the attributes, with defaults
     * @throws TokenException if the template breaks a rule
     */
    public static Attributes unwrap(Attributes template, boolean officer) throws TokenException {
        return derive(KeyTemplates.extractableByDefault(template), officer)
                .with(Attribute.ALWAYS_SENSITIVE, false)
                .with(Attribute.NEVER_EXTRACTABLE, false);
    }

    /**
     * Returns the attributes of a key to be derived, without its material and its history.
     *
     * @param template what is wanted
     * @param officer whether the security officer wants it
     * @return the attributes, with defaults
     * @throws TokenException if the template breaks a rule
     */
    public static Attributes derive(Attributes template, boolean officer) throws TokenException {
        ObjectKind kind = kind(template);
        if (!kind.isSecret()) {
            throw invalid("CKR_TEMPLATE_INCONSISTENT", "secret and private keys are made so, not a " + kind);
        }
        check(kind, template, Making.UNWRAP, officer);
        return consistent(kind, Defaults.fill(kind, template));
    }

    /**
     * Returns the attributes of a copy (C_CopyObject).
     *
     * @param source the attributes of the object
     * @param template what differs in the copy
     * @param officer whether the security officer wants it
     * @return the attributes
     * @throws TokenException if the object is not to be copied or the template breaks a rule
     */
    public static Attributes copy(Attributes source, Attributes template, boolean officer) throws TokenException {
        requirePermitted(source, Attribute.COPYABLE);
        Attributes copy = change(source, template, CHANGED_BY_COPY, officer);
        ObjectKind kind = ObjectKind.of(source);
        if (kind.isSecret() && source.isTrue(Attribute.PRIVATE) && !copy.isTrue(Attribute.PRIVATE)) {
            throw invalid("CKR_TEMPLATE_INCONSISTENT", "a copy of a private key is private");
        }
        return consistent(kind, copy.without(Attribute.UNIQUE_ID).without(CLAIMS));
    }

    /**
     * Returns the attributes of an object after a change (C_SetAttributeValue).
     *
     * @param current its attributes
     * @param template what changes
     * @param officer whether the security officer wants it
     * @return the attributes
     * @throws TokenException if the object is not to be changed or the template breaks a rule
     */
    public static Attributes set(Attributes current, Attributes template, boolean officer) throws TokenException {
        requirePermitted(current, Attribute.MODIFIABLE);
        boolean trustedCertificate =
                current.get(Attribute.CLASS).equals(ObjectClass.CERTIFICATE) && current.isTrue(Attribute.TRUSTED);
        if (trustedCertificate && !officer) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_ACTION_PROHIBITED"),
                    "a certificate with CKA_TRUSTED is changed by the security officer only");
        }
        return consistent(ObjectKind.of(current), change(current, template, Set.of(), officer));
    }

    /**
     * Refuses an action on an object that forbids it.
     *
     * @param object the object's attributes
     * @param permission CKA_COPYABLE, CKA_MODIFIABLE or CKA_DESTROYABLE
     * @throws TokenPermissionException if the attribute is false
     */
    public static void requirePermitted(Attributes object, Attribute<Boolean> permission)
            throws TokenPermissionException {
        if (!object.find(permission).orElse(true)) {
            throw new TokenPermissionException(Status.ckr("CKR_ACTION_PROHIBITED"), permission + " is false");
        }
    }

    private static ObjectKind kind(Attributes template) throws TokenException {
        requireKnown(template);
        if (!template.has(Attribute.CLASS)) {
            throw invalid("CKR_TEMPLATE_INCOMPLETE", "CKA_CLASS is missing");
        }
        if (template.get(Attribute.CLASS).isKey() && !template.has(Attribute.KEY_TYPE)) {
            throw invalid("CKR_TEMPLATE_INCOMPLETE", "CKA_KEY_TYPE is missing");
        }
        ObjectKind kind = ObjectKind.of(template);
        if (!kind.isKnown()) {
            throw invalid("CKR_ATTRIBUTE_VALUE_INVALID", "this token has no objects of the kind " + kind);
        }
        return kind;
    }

    private static void requireKnown(Attributes template) throws TokenException {
        requireKnown(template, 0);
    }

    private static void requireKnown(Attributes template, int depth) throws TokenException {
        if (depth > MAX_NESTED_TEMPLATES) {
            throw invalid(
                    "CKR_ATTRIBUTE_VALUE_INVALID",
                    "templates are nested at most " + MAX_NESTED_TEMPLATES + " deep in an object");
        }
        for (Attribute<?> attribute : template.present()) {
            if (!Attribute.named(attribute.name()).isPresent()) {
                throw invalid("CKR_ATTRIBUTE_TYPE_INVALID", "PKCS #11 has no attribute " + attribute.name());
            }
            if (attribute.type().equals(AttributeType.TEMPLATE)) {
                Optional<Template> nested = template.find(attribute.as(AttributeType.TEMPLATE));
                requireKnown(nested.orElseThrow().attributes(), depth + 1);
            }
        }
    }

    private static void check(ObjectKind kind, Attributes template, Making making, boolean officer)
            throws TokenException {
        requireKnown(template);
        requireFitting(kind, template);
        for (Attribute<?> attribute : template.present()) {
            AttributeTable.Rule rule = rule(kind, attribute);
            if (isForbidden(rule, making)) {
                throw invalid("CKR_ATTRIBUTE_READ_ONLY", attribute + " is made by the token");
            }
            requireOfficer(rule, template, officer);
        }
        for (AttributeTable.Rule rule : kind.rules().values()) {
            if (isRequired(kind, rule, making) && !template.has(rule.attribute())) {
                throw invalid("CKR_TEMPLATE_INCOMPLETE", rule.attribute() + " is missing of a " + kind);
            }
        }
    }

    private static void requireFitting(ObjectKind kind, Attributes template) throws TokenException {
        for (Attribute<?> attribute : template.present()) {
            if (!kind.rules().containsKey(attribute)) {
                throw invalid("CKR_TEMPLATE_INCONSISTENT", "a " + kind + " has no " + attribute);
            }
        }
        for (Attribute<?> attribute : template.present()) {
            int length = template.encoded(attribute).length;
            if (length > MAX_VALUE_BYTES) {
                throw invalid(
                        "CKR_ATTRIBUTE_VALUE_INVALID",
                        attribute + " has at most " + MAX_VALUE_BYTES + " bytes, not " + length);
            }
        }
    }

    private static boolean isForbidden(AttributeTable.Rule rule, Making making) {
        return rule.footnotes().contains(making.forbiddenNote())
                || rule.footnotes().contains(MADE_BY_TOKEN_NOTE);
    }

    private static boolean isRequired(ObjectKind kind, AttributeTable.Rule rule, Making making) {
        if (rule.footnotes().contains(MADE_BY_TOKEN_NOTE)) {
            return false;
        }
        boolean certificate = kind.objectClass().equals(ObjectClass.CERTIFICATE)
                && rule.attribute().equals(Attribute.VALUE);
        return certificate || rule.footnotes().contains(making.requiredNote());
    }

    private static void requireOfficer(AttributeTable.Rule rule, Attributes template, boolean officer)
            throws TokenException {
        if (rule.footnotes().contains(OFFICER_NOTE)
                && !officer
                && template.isTrue(rule.attribute().as(AttributeType.BOOLEAN))) {
            throw invalid("CKR_ATTRIBUTE_READ_ONLY", rule.attribute() + " is set by the security officer only");
        }
    }

    private static Attributes change(
            Attributes current, Attributes template, Set<Attribute<?>> alsoChanging, boolean officer)
            throws TokenException {
        ObjectKind kind = ObjectKind.of(current);
        requireKnown(template);
        requireFitting(kind, template);
        for (Attribute<?> attribute : template.present()) {
            AttributeTable.Rule rule = rule(kind, attribute);
            if (isLatched(rule, current, template)) {
                throw invalid("CKR_ATTRIBUTE_READ_ONLY", attribute + " cannot be set back");
            }
            requireOfficer(rule, template, officer);
            if (!isModifiable(kind, rule, officer) && !alsoChanging.contains(attribute)) {
                throw invalid("CKR_ATTRIBUTE_READ_ONLY", attribute + " cannot be changed");
            }
        }
        return current.withAll(template);
    }

    private static boolean isModifiable(ObjectKind kind, AttributeTable.Rule rule, boolean officer) {
        boolean certificatePart = kind.objectClass().equals(ObjectClass.CERTIFICATE)
                && MODIFIABLE_CERTIFICATE_PARTS.contains(rule.attribute());
        return rule.footnotes().contains(MODIFIABLE_NOTE)
                || rule.footnotes().contains(LATCH_TRUE_NOTE)
                || rule.attribute().equals(Attribute.LABEL)
                || certificatePart
                || (officer && rule.footnotes().contains(OFFICER_NOTE));
    }

    private static boolean isLatched(AttributeTable.Rule rule, Attributes current, Attributes template) {
        if (!rule.attribute().type().equals(AttributeType.BOOLEAN)) {
            return false;
        }
        Attribute<Boolean> flag = rule.attribute().as(AttributeType.BOOLEAN);
        boolean before = current.isTrue(flag);
        boolean after = template.isTrue(flag);
        boolean latchesFalse = rule.footnotes().contains(LATCH_FALSE_NOTE) || flag.equals(Attribute.COPYABLE);
        return (rule.footnotes().contains(LATCH_TRUE_NOTE) && before && !after) || (latchesFalse && !before && after);
    }

    private static Attributes consistent(ObjectKind kind, Attributes attributes) throws TokenException {
        if (attributes.isTrue(Attribute.ALWAYS_AUTHENTICATE) && !attributes.isTrue(Attribute.PRIVATE)) {
            throw invalid("CKR_TEMPLATE_INCONSISTENT", "CKA_ALWAYS_AUTHENTICATE needs CKA_PRIVATE");
        }
        if (kind.objectClass().equals(ObjectClass.CERTIFICATE) && attributes.get(Attribute.CERTIFICATE_TYPE) != 0) {
            throw invalid("CKR_ATTRIBUTE_VALUE_INVALID", "CKA_CERTIFICATE_TYPE is CKC_X_509 (0) in this token");
        }
        return attributes;
    }

    private static AttributeTable.Rule rule(ObjectKind kind, Attribute<?> attribute) {
        AttributeTable.Rule rule = kind.rules().get(attribute);
        if (rule == null) {
            throw new AssertionError(attribute + " was checked to be one of a " + kind);
        }
        return rule;
    }

    private static InvalidAttributeException invalid(String status, String detail) {
        return new InvalidAttributeException(Status.ckr(status), detail);
    }
}
