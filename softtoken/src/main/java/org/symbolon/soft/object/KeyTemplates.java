package org.symbolon.soft.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.MechanismType;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** What keys say of the keys that are made or wrapped with them: their templates, and what they hand down. */
public final class KeyTemplates {
    private static final Set<MechanismType> HAND_DOWN = Set.of(
            MechanismType.named("CKM_CONCATENATE_BASE_AND_KEY"),
            MechanismType.named("CKM_CONCATENATE_BASE_AND_DATA"),
            MechanismType.named("CKM_CONCATENATE_DATA_AND_BASE"),
            MechanismType.named("CKM_XOR_BASE_AND_DATA"),
            MechanismType.named("CKM_EXTRACT_KEY_FROM_KEY"));

    private KeyTemplates() {}

    /**
     * Returns a template with what a key's own template adds to it (CKA_UNWRAP_TEMPLATE and its like).
     *
     * @param template the template
     * @param key the key
     * @param attribute which of its templates
     * @return the template with all of both
     * @throws TokenException with CKR_TEMPLATE_INCONSISTENT if they contradict each other
     */
    public static Attributes merge(Attributes template, Attributes key, Attribute<Template> attribute)
            throws TokenException {
        Attributes own = key.find(attribute).map(Template::attributes).orElse(Attributes.none());
        for (Attribute<?> wanted : own.present()) {
            if (template.has(wanted) && !template.find(wanted).equals(own.find(wanted))) {
                throw inconsistent(wanted + " is not what the key's " + attribute + " says");
            }
        }
        return template.withAll(own);
    }

    /**
     * Refuses a key that is not as another's template says (CKA_WRAP_TEMPLATE, CKA_ENCAPSULATE_TEMPLATE).
     *
     * @param target the key
     * @param key the other
     * @param attribute which of its templates
     * @throws ObjectNotFoundException with CKR_KEY_HANDLE_INVALID if so
     */
    public static void requireMatch(Attributes target, Attributes key, Attribute<Template> attribute)
            throws ObjectNotFoundException {
        Attributes own = key.find(attribute).map(Template::attributes).orElse(Attributes.none());
        for (Attribute<?> wanted : own.present()) {
            if (!target.find(wanted).equals(own.find(wanted))) {
                throw new ObjectNotFoundException(
                        Status.ckr("CKR_KEY_HANDLE_INVALID"),
                        "the key's " + wanted + " is not what " + attribute + " says");
            }
        }
    }

    /**
     * Returns a template with what the base keys hand down: the simple derivations show their input in their output, so a
     * key of a sensitive or not extractable key is so too (PKCS #11 v3.2 section 6.43).
     *
     * @param template the template
     * @param mechanism what derives
     * @param base the base key
     * @param others the other keys
     * @return the template
     * @throws TokenException with CKR_TEMPLATE_INCONSISTENT if it says otherwise
     */
    public static Attributes inherit(
            Attributes template, MechanismType mechanism, Attributes base, List<Attributes> others)
            throws TokenException {
        if (!HAND_DOWN.contains(mechanism)) {
            return template;
        }
        List<Attributes> sources = new ArrayList<>(others);
        sources.add(base);
        Attributes.Builder result = Attributes.builder().setAll(template);
        if (sources.stream().anyMatch(key -> key.isTrue(Attribute.SENSITIVE))) {
            if (!template.find(Attribute.SENSITIVE).orElse(true)) {
                throw inconsistent("a key of a sensitive key is sensitive");
            }
            result.set(Attribute.SENSITIVE, true);
        }
        if (!sources.stream().allMatch(key -> key.isTrue(Attribute.EXTRACTABLE))) {
            if (template.isTrue(Attribute.EXTRACTABLE)) {
                throw inconsistent("a key of a key that is not extractable is not extractable");
            }
            result.set(Attribute.EXTRACTABLE, false);
        }
        return result.build();
    }

    /**
     * Returns a derived key's attributes with CKA_ALWAYS_SENSITIVE and CKA_NEVER_EXTRACTABLE, which hold if they did for
     * every key that it is made of (PKCS #11 v3.2 section 5.18.5).
     *
     * @param attributes the attributes
     * @param sources the keys that it is made of
     * @return the attributes
     */
    public static Attributes withHistory(Attributes attributes, List<Attributes> sources) {
        boolean sensitive = sources.stream().allMatch(key -> key.isTrue(Attribute.ALWAYS_SENSITIVE));
        boolean inside = sources.stream().allMatch(key -> key.isTrue(Attribute.NEVER_EXTRACTABLE));
        return attributes
                .with(Attribute.ALWAYS_SENSITIVE, sensitive && attributes.isTrue(Attribute.SENSITIVE))
                .with(Attribute.NEVER_EXTRACTABLE, inside && !attributes.isTrue(Attribute.EXTRACTABLE));
    }

    /**
     * Returns a template in which a key is extractable unless it says otherwise, as keys that come from outside are.
     *
     * @param template the template
     * @return the template
     */
    public static Attributes extractableByDefault(Attributes template) {
        return template.has(Attribute.EXTRACTABLE) ? template : template.with(Attribute.EXTRACTABLE, true);
    }

    private static InvalidAttributeException inconsistent(String detail) {
        return new InvalidAttributeException(Status.ckr("CKR_TEMPLATE_INCONSISTENT"), detail);
    }
}
