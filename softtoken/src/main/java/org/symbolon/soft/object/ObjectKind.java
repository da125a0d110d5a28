package org.symbolon.soft.object;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;

/**
 * A kind of object: a class and, of a key, its type.
 *
 * @param objectClass the class
 * @param keyType the type of a key; empty for what is no key
 */
public record ObjectKind(ObjectClass objectClass, Optional<KeyType> keyType) {
    private static final Map<ObjectKind, Map<Attribute<?>, AttributeTable.Rule>> RULES = new ConcurrentHashMap<>();
    private static final Map<ObjectKind, Set<Attribute<?>>> SECRETS = new ConcurrentHashMap<>();
    private static final Set<KeyType> KEY_PAIRS = Set.of(
            KeyType.RSA,
            KeyType.EC,
            KeyType.EC_EDWARDS,
            KeyType.EC_MONTGOMERY,
            KeyType.DH,
            KeyType.ML_DSA,
            KeyType.ML_KEM,
            KeyType.SLH_DSA);
    private static final Set<KeyType> SECRET_KEYS =
            Set.of(KeyType.AES, KeyType.AES_XTS, KeyType.CHACHA20, KeyType.DES3, KeyType.GENERIC_SECRET, KeyType.HKDF);
    private static final Set<KeyType> SIGNING = Set.of(
            KeyType.RSA, KeyType.EC, KeyType.EC_EDWARDS, KeyType.ML_DSA, KeyType.SLH_DSA, KeyType.GENERIC_SECRET);
    private static final Set<KeyType> ENCRYPTING = Set.of(KeyType.AES, KeyType.AES_XTS, KeyType.CHACHA20, KeyType.DES3);

    /**
     * Returns the kind of an object.
     *
     * @param attributes its attributes, CKA_CLASS among them
     * @return the kind
     */
    public static ObjectKind of(Attributes attributes) {
        return new ObjectKind(attributes.get(Attribute.CLASS), attributes.find(Attribute.KEY_TYPE));
    }

    /** {@return whether this token has objects of this kind} */
    public boolean isKnown() {
        if (objectClass.equals(ObjectClass.DATA) || objectClass.equals(ObjectClass.CERTIFICATE)) {
            return keyType.isEmpty();
        }
        Set<KeyType> types = objectClass.equals(ObjectClass.SECRET_KEY) ? SECRET_KEYS : KEY_PAIRS;
        return objectClass.isKey() && keyType.filter(types::contains).isPresent();
    }

    /** {@return whether objects of this kind have a secret part} */
    public boolean isSecret() {
        return objectClass.equals(ObjectClass.PRIVATE_KEY) || objectClass.equals(ObjectClass.SECRET_KEY);
    }

    /** {@return whether keys of this kind are usually for signatures} */
    boolean signs() {
        return keyType.filter(SIGNING::contains).isPresent();
    }

    /** {@return whether keys of this kind are usually for encryption} */
    boolean encrypts() {
        return keyType.filter(ENCRYPTING::contains).isPresent();
    }

    /** {@return whether keys of this kind are for shared secrets} */
    boolean encapsulates() {
        return keyType.filter(KeyType.ML_KEM::equals).isPresent();
    }

    /** {@return the standard's rules for this kind, by attribute} */
    public Map<Attribute<?>, AttributeTable.Rule> rules() {
        return isKnown()
                ? RULES.computeIfAbsent(this, kind -> AttributeTable.rules(kind.objectClass, kind.keyType))
                : AttributeTable.rules(objectClass, keyType);
    }

    /** {@return the attributes that are secret parts of keys of this kind} */
    public Set<Attribute<?>> secrets() {
        return isKnown() ? SECRETS.computeIfAbsent(this, ObjectKind::readSecrets) : readSecrets();
    }

    private Set<Attribute<?>> readSecrets() {
        return rules().values().stream()
                .filter(AttributeTable.Rule::secret)
                .map(AttributeTable.Rule::attribute)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return objectClass.name() + keyType.map(type -> " " + type.name()).orElse("");
    }
}
