package org.symbolon.kmip.token;

import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;

/** The secret parts of keys. */
final class KeySecrets {
    /** What a key is made of, public parts included. */
    static final Set<Attribute<?>> OF_KEYS = Set.of(
            Attribute.VALUE,
            Attribute.VALUE_LEN,
            Attribute.MODULUS,
            Attribute.MODULUS_BITS,
            Attribute.PUBLIC_EXPONENT,
            Attribute.PRIVATE_EXPONENT,
            Attribute.PRIME_1,
            Attribute.PRIME_2,
            Attribute.EXPONENT_1,
            Attribute.EXPONENT_2,
            Attribute.COEFFICIENT,
            Attribute.EC_PARAMS,
            Attribute.EC_POINT,
            Attribute.PUBLIC_KEY_INFO);

    private KeySecrets() {}

    static boolean isSecret(ObjectClass objectClass) {
        return objectClass.equals(ObjectClass.PRIVATE_KEY) || objectClass.equals(ObjectClass.SECRET_KEY);
    }

    /** Wipes the secret values. */
    static void wipe(Attributes attributes) {
        for (Attribute<?> attribute : attributes.present()) {
            Optional<?> value = attributes.find(attribute);
            if (value.isPresent() && value.get() instanceof SecretBytes secret) {
                secret.close();
            }
        }
    }
}
