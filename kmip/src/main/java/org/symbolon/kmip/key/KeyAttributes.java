package org.symbolon.kmip.key;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.key.PublicKeys;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;

/** A key's numbers as PKCS #11's attributes, and back. */
public final class KeyAttributes {
    private static final Map<CryptographicAlgorithm, KeyType> SECRET_TYPES = Map.ofEntries(
            Map.entry(CryptographicAlgorithm.AES, KeyType.AES),
            Map.entry(CryptographicAlgorithm.DES3, KeyType.DES3),
            Map.entry(CryptographicAlgorithm.CHA_CHA20, KeyType.CHACHA20),
            Map.entry(CryptographicAlgorithm.CHA_CHA20_POLY1305, KeyType.CHACHA20),
            Map.entry(CryptographicAlgorithm.HMAC_SHA1, KeyType.GENERIC_SECRET),
            Map.entry(CryptographicAlgorithm.HMAC_SHA224, KeyType.GENERIC_SECRET),
            Map.entry(CryptographicAlgorithm.HMAC_SHA256, KeyType.GENERIC_SECRET),
            Map.entry(CryptographicAlgorithm.HMAC_SHA384, KeyType.GENERIC_SECRET),
            Map.entry(CryptographicAlgorithm.HMAC_SHA512, KeyType.GENERIC_SECRET));

    private KeyAttributes() {}

    /** Returns the type of the symmetric keys of an algorithm; empty where tokens have none. */
    public static Optional<KeyType> secretType(CryptographicAlgorithm algorithm) {
        return Optional.ofNullable(SECRET_TYPES.get(algorithm));
    }

    /** Returns the algorithm of a key that says nothing of KMIP. */
    public static Optional<CryptographicAlgorithm> algorithm(KeyType type) {
        if (type.equals(KeyType.RSA)) {
            return Optional.of(CryptographicAlgorithm.RSA);
        } else if (type.equals(KeyType.EC)) {
            return Optional.of(CryptographicAlgorithm.EC);
        } else if (type.equals(KeyType.EC_EDWARDS)) {
            return Optional.of(CryptographicAlgorithm.ED25519);
        } else if (type.equals(KeyType.GENERIC_SECRET)) {
            return Optional.of(CryptographicAlgorithm.HMAC_SHA256);
        }
        return SECRET_TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Returns the template that creates a symmetric key. */
    public static Template secret(KeyParts.Secret key, KeyType type) {
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, type)
                .with(Attribute.VALUE, key.value());
    }

    /** Returns the template that creates a key of a pair. */
    public static Template asymmetric(KeyParts parts) {
        if (parts instanceof KeyParts.RsaPublic key) {
            return Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                    .with(Attribute.KEY_TYPE, KeyType.RSA)
                    .with(Attribute.MODULUS, bytes(key.modulus()))
                    .with(Attribute.PUBLIC_EXPONENT, bytes(key.exponent()));
        } else if (parts instanceof KeyParts.RsaPrivate key) {
            return Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                    .with(Attribute.KEY_TYPE, KeyType.RSA)
                    .with(Attribute.MODULUS, bytes(key.modulus()))
                    .with(Attribute.PUBLIC_EXPONENT, bytes(key.publicExponent()))
                    .with(Attribute.PRIVATE_EXPONENT, secret(key.privateExponent()))
                    .with(Attribute.PRIME_1, secret(key.p()))
                    .with(Attribute.PRIME_2, secret(key.q()))
                    .with(Attribute.EXPONENT_1, secret(key.exponentP()))
                    .with(Attribute.EXPONENT_2, secret(key.exponentQ()))
                    .with(Attribute.COEFFICIENT, secret(key.coefficient()));
        } else if (parts instanceof KeyParts.EcPublic key) {
            byte[] point = key.point().toByteArray();
            return Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                    .with(Attribute.KEY_TYPE, key.curve().keyType())
                    .with(Attribute.EC_PARAMS, key.curve().ecParams())
                    .with(Attribute.EC_POINT, Bytes.wrap(KeyDer.value(KeyDer.OCTET_STRING, point)));
        }
        KeyParts.EcPrivate key = (KeyParts.EcPrivate) parts;
        return Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                .with(Attribute.KEY_TYPE, key.curve().keyType())
                .with(Attribute.EC_PARAMS, key.curve().ecParams())
                .with(Attribute.VALUE, key.value());
    }

    private static Bytes bytes(BigInteger number) {
        return Bytes.wrap(KeyParts.unsigned(number, 1));
    }

    private static SecretBytes secret(BigInteger number) {
        return SecretBytes.takeOver(KeyParts.unsigned(number, 1));
    }

    /** Returns a key's numbers; empty where the attributes do not hold them. */
    public static Optional<KeyParts> parts(Attributes key) {
        ObjectClass kind = key.get(Attribute.CLASS);
        if (kind.equals(ObjectClass.SECRET_KEY)) {
            return key.find(Attribute.VALUE).map(value -> new KeyParts.Secret(SecretBytes.copyOf(value.sharedArray())));
        }
        boolean isPublic = kind.equals(ObjectClass.PUBLIC_KEY);
        if (key.find(Attribute.KEY_TYPE).equals(Optional.of(KeyType.RSA))) {
            return isPublic ? rsaPublic(key) : rsaPrivate(key);
        }
        NamedCurve curve =
                key.find(Attribute.EC_PARAMS).flatMap(NamedCurve::ofEcParams).orElse(null);
        if (curve == null) {
            return Optional.empty();
        }
        return isPublic
                ? key.find(Attribute.EC_POINT)
                        .map(point -> new KeyParts.EcPublic(curve, Bytes.wrap(PublicKeys.rawPoint(point, curve))))
                : key.find(Attribute.VALUE)
                        .map(value -> new KeyParts.EcPrivate(
                                curve,
                                SecretBytes.copyOf(value.sharedArray()),
                                point(key).orElse(null)));
    }

    /** Returns the public point of a private key, where the token tells it. */
    private static Optional<Bytes> point(Attributes privateKey) {
        Bytes info = privateKey.find(Attribute.PUBLIC_KEY_INFO).orElse(Bytes.empty());
        if (info.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyDer outer = KeyDer.reader(info.sharedArray()).into(KeyDer.SEQUENCE);
            outer.into(KeyDer.SEQUENCE);
            return Optional.of(Bytes.wrap(outer.bits()));
        } catch (InvalidAttributeException e) {
            return Optional.empty(); // a key that other tokens describe otherwise is given without it
        }
    }

    private static Optional<KeyParts> rsaPublic(Attributes key) {
        return key.find(Attribute.MODULUS)
                .flatMap(modulus -> key.find(Attribute.PUBLIC_EXPONENT)
                        .map(exponent -> new KeyParts.RsaPublic(number(modulus), number(exponent))));
    }

    private static Optional<KeyParts> rsaPrivate(Attributes key) {
        if (!key.has(Attribute.PRIVATE_EXPONENT) || !key.has(Attribute.COEFFICIENT)) {
            return Optional.empty();
        }
        return Optional.of(new KeyParts.RsaPrivate(
                number(key.get(Attribute.MODULUS)),
                number(key.get(Attribute.PUBLIC_EXPONENT)),
                number(key.get(Attribute.PRIVATE_EXPONENT)),
                number(key.get(Attribute.PRIME_1)),
                number(key.get(Attribute.PRIME_2)),
                number(key.get(Attribute.EXPONENT_1)),
                number(key.get(Attribute.EXPONENT_2)),
                number(key.get(Attribute.COEFFICIENT))));
    }

    private static BigInteger number(Bytes unsigned) {
        return new BigInteger(1, unsigned.sharedArray());
    }
}
