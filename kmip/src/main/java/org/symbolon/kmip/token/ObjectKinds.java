package org.symbolon.kmip.token;

import java.util.List;
import java.util.Optional;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.key.KeyAttributes;

/** Classes and key types between PKCS #11 and KMIP. */
final class ObjectKinds {
    private static final List<CryptographicAlgorithm> CURVES = List.of(
            CryptographicAlgorithm.EC,
            CryptographicAlgorithm.ECDSA,
            CryptographicAlgorithm.ECDH,
            CryptographicAlgorithm.ECMQV);

    private ObjectKinds() {}

    static Optional<ObjectClass> objectClass(ObjectType type) {
        if (type.equals(ObjectType.SYMMETRIC_KEY)) {
            return Optional.of(ObjectClass.SECRET_KEY);
        } else if (type.equals(ObjectType.PUBLIC_KEY)) {
            return Optional.of(ObjectClass.PUBLIC_KEY);
        } else if (type.equals(ObjectType.PRIVATE_KEY)) {
            return Optional.of(ObjectClass.PRIVATE_KEY);
        } else if (type.equals(ObjectType.CERTIFICATE)) {
            return Optional.of(ObjectClass.CERTIFICATE);
        }
        return type.equals(ObjectType.OPAQUE_OBJECT) ? Optional.of(ObjectClass.DATA) : Optional.empty();
    }

    static Optional<ObjectType> objectType(ObjectClass objectClass) {
        if (objectClass.equals(ObjectClass.SECRET_KEY)) {
            return Optional.of(ObjectType.SYMMETRIC_KEY);
        } else if (objectClass.equals(ObjectClass.PUBLIC_KEY)) {
            return Optional.of(ObjectType.PUBLIC_KEY);
        } else if (objectClass.equals(ObjectClass.PRIVATE_KEY)) {
            return Optional.of(ObjectType.PRIVATE_KEY);
        } else if (objectClass.equals(ObjectClass.CERTIFICATE)) {
            return Optional.of(ObjectType.CERTIFICATE);
        }
        return objectClass.equals(ObjectClass.DATA) ? Optional.of(ObjectType.OPAQUE_OBJECT) : Optional.empty();
    }

    /** Returns the type of keys of an algorithm. Montgomery curves are told by the key itself. */
    static Optional<KeyType> keyType(CryptographicAlgorithm algorithm) {
        if (algorithm.equals(CryptographicAlgorithm.RSA)) {
            return Optional.of(KeyType.RSA);
        } else if (CURVES.contains(algorithm)) {
            return Optional.of(KeyType.EC);
        } else if (algorithm.equals(CryptographicAlgorithm.ED25519) || algorithm.equals(CryptographicAlgorithm.ED448)) {
            return Optional.of(KeyType.EC_EDWARDS);
        }
        return KeyAttributes.secretType(algorithm);
    }
}
