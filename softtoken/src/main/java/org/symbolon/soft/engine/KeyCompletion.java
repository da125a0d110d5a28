package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;

/**
 * Checks the values of an object and adds the attributes that follow from them: CKA_PUBLIC_KEY_INFO, CKA_CHECK_VALUE,
 * CKA_VALUE_LEN, CKA_MODULUS_BITS, the CRT parts of an RSA key. Secret values become {@link SecretBytes}.
 */
public final class KeyCompletion {
    private static final int CHECK_VALUE_BYTES = 3;

    private KeyCompletion() {}

    /**
     * Returns an object's attributes, complete.
     *
     * @param object the attributes, with its values
     * @param secrets which of them are secret
     * @return the attributes
     * @throws TokenException if a value is not one of an object of this kind, or contradicts another
     */
    public static Attributes complete(Attributes object, Set<Attribute<?>> secrets) throws TokenException {
        ObjectClass objectClass = object.get(Attribute.CLASS);
        try {
            if (objectClass.equals(ObjectClass.CERTIFICATE)) {
                return checkValue(object, sha1(object.get(Attribute.VALUE)));
            } else if (objectClass.equals(ObjectClass.PUBLIC_KEY)) {
                return publicKey(object);
            } else if (objectClass.equals(ObjectClass.PRIVATE_KEY)) {
                return protect(privateKey(object), secrets);
            } else if (objectClass.equals(ObjectClass.SECRET_KEY)) {
                return protect(secretKey(object), secrets);
            }
            return object;
        } catch (TokenException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), "the values make no key: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the template of an object to be created; with its CKA_VALUE if it is an ML-DSA or ML-KEM private key that is given
     * by its CKA_SEED alone, as RFC 9881 and RFC 9935 allow.
     *
     * @param template what is wanted
     * @return the template; a value that was added is the caller's to wipe
     * @throws TokenException if the seed or the parameter set is none
     */
    public static Attributes expandSeed(Attributes template) throws TokenException {
        boolean seedAlone = template.find(Attribute.CLASS).equals(Optional.of(ObjectClass.PRIVATE_KEY))
                && template.find(Attribute.KEY_TYPE)
                        .filter(PostQuantumKeys::has)
                        .isPresent()
                && template.has(Attribute.PARAMETER_SET)
                && template.has(Attribute.SEED)
                && !template.has(Attribute.VALUE);
        return seedAlone ? PostQuantumKeys.expand(template) : template;
    }

    private static Attributes protect(Attributes object, Set<Attribute<?>> secrets) {
        Attributes.Builder builder = Attributes.builder().setAll(object);
        for (Attribute<?> attribute : secrets) {
            Object value = object.find(attribute).orElse(null);
            if (value instanceof Bytes bytes && !(value instanceof SecretBytes)) {
                builder.set(attribute.as(org.symbolon.AttributeType.BYTES), SecretBytes.copyOf(bytes.sharedArray()));
            } else if (value instanceof SecretBytes secret) {
                builder.set(attribute.as(org.symbolon.AttributeType.BYTES), SecretBytes.copyOf(secret.sharedArray()));
            }
        }
        return builder.build();
    }

    // ---- public keys

    private static Attributes publicKey(Attributes key) throws TokenException {
        KeyType keyType = key.get(Attribute.KEY_TYPE);
        if (keyType.equals(KeyType.RSA)) {
            BigInteger modulus = modulus(key);
            return withInfo(key.with(Attribute.MODULUS_BITS, (long) modulus.bitLength()), info(key));
        } else if (keyType.equals(KeyType.DH)) {
            return withInfo(key, DhKeys.info(key, KeyEncoding.integer(key, Attribute.VALUE)));
        } else if (PostQuantumKeys.has(keyType)) {
            PostQuantumKeys.publicKey(key);
            return withInfo(
                    key,
                    PostQuantumKeys.info(
                            PostQuantumKeys.set(key), key.get(Attribute.VALUE).toByteArray()));
        }
        NamedCurve curve = curve(keyType, key);
        byte[] point = CurvePoints.checked(curve, key.get(Attribute.EC_POINT));
        Attributes normal = key.with(Attribute.EC_POINT, CurvePoints.octetString(point));
        return withInfo(normal, info(normal));
    }

    private static BigInteger modulus(Attributes key) throws TokenException {
        BigInteger modulus = KeyEncoding.integer(key, Attribute.MODULUS);
        BigInteger exponent = KeyEncoding.integer(key, Attribute.PUBLIC_EXPONENT);
        if (modulus.bitLength() < KeySizes.MIN_RSA_BITS || modulus.bitLength() > KeySizes.MAX_RSA_BITS) {
            throw Failures.value("an RSA modulus has " + KeySizes.MIN_RSA_BITS + " to " + KeySizes.MAX_RSA_BITS
                    + " bits, not " + modulus.bitLength());
        }
        if (!exponent.testBit(0) || exponent.bitLength() < 2 || exponent.compareTo(modulus) >= 0) {
            throw Failures.value("an RSA exponent is odd, at least 3 and less than the modulus");
        }
        return modulus;
    }

    /** Returns the curve of a key, which is one that this token uses. */
    static NamedCurve curve(KeyType keyType, Attributes key) throws TokenException {
        NamedCurve curve = NamedCurve.ofEcParams(key.get(Attribute.EC_PARAMS))
                .orElseThrow(() -> Failures.operation(
                        "CKR_CURVE_NOT_SUPPORTED",
                        "this token has no keys on the curve "
                                + key.get(Attribute.EC_PARAMS).toHex()));
        if (!curve.keyType().equals(keyType)) {
            throw Failures.value("a " + keyType + " key is not on " + curve.displayName());
        }
        return curve;
    }

    private static Bytes info(Attributes publicPart) {
        return PublicKeys.subjectPublicKeyInfo(publicPart.without(Attribute.PUBLIC_KEY_INFO))
                .orElseThrow(() -> new AssertionError("the public attributes were checked"));
    }

    /** Adds CKA_PUBLIC_KEY_INFO; one that is there already must be the same. */
    private static Attributes withInfo(Attributes key, Bytes info) throws TokenException {
        Optional<Bytes> given = key.find(Attribute.PUBLIC_KEY_INFO).filter(bytes -> !bytes.isEmpty());
        if (given.isPresent() && !given.get().equals(info)) {
            throw Failures.value("CKA_PUBLIC_KEY_INFO is not that of this key");
        }
        return key.with(Attribute.PUBLIC_KEY_INFO, info);
    }

    // ---- private keys

    private static Attributes privateKey(Attributes key) throws TokenException {
        KeyType keyType = key.get(Attribute.KEY_TYPE);
        if (keyType.equals(KeyType.RSA)) {
            modulus(key);
            return withInfo(RsaCrt.complete(key), info(key));
        } else if (keyType.equals(KeyType.DH)) {
            BigInteger value = KeyEncoding.integer(key, Attribute.VALUE);
            return withInfo(
                    key.with(Attribute.VALUE_BITS, (long) value.bitLength()),
                    DhKeys.info(key, DhKeys.publicValue(key)));
        } else if (PostQuantumKeys.has(keyType)) {
            return withInfo(key, PostQuantumKeys.info(PostQuantumKeys.set(key), PostQuantumKeys.publicValue(key)));
        }
        NamedCurve curve = curve(keyType, key);
        byte[] point = CurvePoints.ofPrivate(curve, key.get(Attribute.VALUE).sharedArray());
        Attributes publicPart = Attributes.builder()
                .set(Attribute.KEY_TYPE, keyType)
                .set(Attribute.EC_PARAMS, key.get(Attribute.EC_PARAMS))
                .set(Attribute.EC_POINT, CurvePoints.octetString(point))
                .build();
        return withInfo(key, info(publicPart));
    }

    // ---- secret keys and certificates

    private static Attributes secretKey(Attributes key) throws GeneralSecurityException {
        KeyType keyType = key.get(Attribute.KEY_TYPE);
        byte[] value = key.get(Attribute.VALUE).sharedArray();
        if (!SecretKeys.isLength(keyType, value.length)) {
            throw Failures.value("CKA_VALUE of a " + keyType + " key has " + SecretKeys.lengths(keyType)
                    + " bytes, not " + value.length);
        }
        Attributes.Builder complete = Attributes.builder().setAll(key);
        if (!keyType.equals(KeyType.DES3)) {
            complete.set(Attribute.VALUE_LEN, (long) value.length);
        }
        return checkValue(complete.build(), SecretKeys.checkSum(keyType, value));
    }

    private static byte[] sha1(Bytes value) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1", Engines.NATIVE_JDK_BC.get("MessageDigest", "SHA-1"))
                .digest(value.sharedArray());
    }

    /** Adds CKA_CHECK_VALUE; one that is there must be the same, and an empty one says that none is wanted. */
    private static Attributes checkValue(Attributes object, byte[] sum) throws TokenException {
        Bytes computed = Bytes.wrap(Arrays.copyOf(sum, CHECK_VALUE_BYTES));
        Bytes given = object.find(Attribute.CHECK_VALUE).orElse(computed);
        if (given.isEmpty()) {
            return object;
        }
        if (!given.equals(computed)) {
            throw Failures.value("CKA_CHECK_VALUE is not that of CKA_VALUE");
        }
        return object.with(Attribute.CHECK_VALUE, computed);
    }
}
