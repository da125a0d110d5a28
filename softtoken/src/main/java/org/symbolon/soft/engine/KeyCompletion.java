package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
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
        if (key.get(Attribute.KEY_TYPE).equals(KeyType.RSA)) {
            BigInteger modulus = modulus(key);
            return withInfo(key.with(Attribute.MODULUS_BITS, (long) modulus.bitLength()), key);
        }
        NamedCurve curve = curve(key.get(Attribute.KEY_TYPE), key);
        byte[] point = PublicKeys.rawPoint(key.get(Attribute.EC_POINT), curve);
        if (curve.keyType().equals(KeyType.EC)) {
            x9(curve).getCurve().decodePoint(point);
        }
        Attributes normal = key.with(Attribute.EC_POINT, octetString(point));
        return withInfo(normal, normal);
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
        Optional<NamedCurve> curve = NamedCurve.ofEcParams(key.get(Attribute.EC_PARAMS));
        if (curve.isEmpty() || !Mechanisms.has(curve.get())) {
            throw Failures.operation(
                    "CKR_CURVE_NOT_SUPPORTED",
                    "this token has keys on P-256, P-384, P-521 and Ed25519, not on "
                            + curve.map(NamedCurve::displayName)
                                    .orElse("the curve "
                                            + key.get(Attribute.EC_PARAMS).toHex()));
        }
        if (!curve.get().keyType().equals(keyType)) {
            throw Failures.value(
                    "a " + keyType + " key is not on " + curve.get().displayName());
        }
        return curve.get();
    }

    private static X9ECParameters x9(NamedCurve curve) {
        return ECNamedCurveTable.getByName(curve.displayName());
    }

    private static Bytes octetString(byte[] point) {
        boolean longForm = point.length > 127;
        byte[] der = new byte[point.length + (longForm ? 3 : 2)];
        der[0] = 4;
        if (longForm) {
            der[1] = (byte) 0x81;
        }
        der[der.length - point.length - 1] = (byte) point.length;
        System.arraycopy(point, 0, der, der.length - point.length, point.length);
        return Bytes.wrap(der);
    }

    /** Adds CKA_PUBLIC_KEY_INFO of public attributes; one that is there already must be the same. */
    private static Attributes withInfo(Attributes key, Attributes publicPart) throws TokenException {
        Bytes info = PublicKeys.subjectPublicKeyInfo(publicPart.without(Attribute.PUBLIC_KEY_INFO))
                .orElseThrow(() -> new AssertionError("the public attributes were checked"));
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
            return withInfo(RsaCrt.complete(key), key);
        }
        NamedCurve curve = curve(keyType, key);
        byte[] point = curve.keyType().equals(KeyType.EC) ? ecPoint(key, curve) : edwardsPoint(key);
        Attributes publicPart = Attributes.builder()
                .set(Attribute.KEY_TYPE, keyType)
                .set(Attribute.EC_PARAMS, key.get(Attribute.EC_PARAMS))
                .set(Attribute.EC_POINT, octetString(point))
                .build();
        return withInfo(key, publicPart);
    }

    private static byte[] ecPoint(Attributes key, NamedCurve curve) throws TokenException {
        X9ECParameters parameters = x9(curve);
        BigInteger value = KeyEncoding.integer(key, Attribute.VALUE);
        if (value.signum() == 0 || value.compareTo(parameters.getN()) >= 0) {
            throw Failures.value("CKA_VALUE is from 1 to the order of the curve");
        }
        ECPoint point = new FixedPointCombMultiplier().multiply(parameters.getG(), value);
        return point.normalize().getEncoded(false);
    }

    private static byte[] edwardsPoint(Attributes key) throws TokenException {
        byte[] value = key.get(Attribute.VALUE).sharedArray();
        if (value.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw Failures.value("CKA_VALUE of an Ed25519 key has 32 bytes, not " + value.length);
        }
        return new Ed25519PrivateKeyParameters(value).generatePublicKey().getEncoded();
    }

    // ---- secret keys and certificates

    private static Attributes secretKey(Attributes key) throws GeneralSecurityException {
        byte[] value = key.get(Attribute.VALUE).sharedArray();
        boolean aes = key.get(Attribute.KEY_TYPE).equals(KeyType.AES);
        if (aes ? value.length != 16 && value.length != 24 && value.length != 32 : value.length == 0) {
            throw Failures.value(
                    "CKA_VALUE of a " + key.get(Attribute.KEY_TYPE) + " key does not have " + value.length + " bytes");
        }
        byte[] sum = aes ? encryptedZeroes(value) : sha1(key.get(Attribute.VALUE));
        return checkValue(key.with(Attribute.VALUE_LEN, (long) value.length), sum);
    }

    private static byte[] encryptedZeroes(byte[] key) throws GeneralSecurityException {
        Cipher cipher =
                Cipher.getInstance("AES/ECB/NoPadding", Engines.JDK_NATIVE_BC.get("Cipher", "AES/ECB/NoPadding"));
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        return cipher.doFinal(new byte[16]);
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
