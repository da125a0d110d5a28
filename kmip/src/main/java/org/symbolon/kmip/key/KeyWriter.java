package org.symbolon.kmip.key;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.RecommendedCurve;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.TransparentEcPrivateKey;
import org.symbolon.kmip.object.TransparentEcPublicKey;
import org.symbolon.kmip.object.TransparentRsaPrivateKey;
import org.symbolon.kmip.object.TransparentRsaPublicKey;
import org.symbolon.kmip.object.TransparentSymmetricKey;

/** Writes keys in the forms that KMIP has for them (KMIP 2.1 section 3.4). */
public final class KeyWriter {
    private static final byte[] RSA_ALGORITHM =
            Bytes.ofHex("300d0609" + KeyReader.RSA_OID + "0500").toByteArray();
    private static final byte[] EC_ALGORITHM =
            Bytes.ofHex("0607" + KeyReader.EC_OID).toByteArray();

    private KeyWriter() {}

    /** Returns the format that a key is given in where none is asked for and none is remembered (KMIP 2.1 section 4.26). */
    public static KeyFormatType defaultFormat(KeyParts parts) {
        if (parts instanceof KeyParts.Secret) {
            return KeyFormatType.RAW;
        } else if (parts instanceof KeyParts.RsaPublic || parts instanceof KeyParts.RsaPrivate) {
            return KeyFormatType.PKCS_1;
        }
        return parts instanceof KeyParts.EcPublic ? KeyFormatType.X_509 : KeyFormatType.PKCS_8;
    }

    /** Returns a key's material in a format; empty where the key has no such form. */
    public static Optional<KeyMaterial> write(KeyParts parts, KeyFormatType format) {
        if (parts instanceof KeyParts.Secret secret) {
            return Optional.ofNullable(secret(secret.value(), format));
        } else if (parts instanceof KeyParts.RsaPublic key) {
            return Optional.ofNullable(rsaPublic(key, format));
        } else if (parts instanceof KeyParts.RsaPrivate key) {
            return Optional.ofNullable(rsaPrivate(key, format));
        } else if (parts instanceof KeyParts.EcPublic key) {
            return Optional.ofNullable(ecPublic(key, format));
        }
        return Optional.ofNullable(ecPrivate((KeyParts.EcPrivate) parts, format));
    }

    private static @Nullable KeyMaterial secret(SecretBytes value, KeyFormatType format) {
        if (format.equals(KeyFormatType.TRANSPARENT_SYMMETRIC_KEY)) {
            return new TransparentSymmetricKey(value);
        }
        return format.equals(KeyFormatType.RAW) ? new KeyMaterial.Encoded(value) : null;
    }

    private static @Nullable KeyMaterial rsaPublic(KeyParts.RsaPublic key, KeyFormatType format) {
        byte[] pkcs1 = KeyDer.sequence(KeyDer.integer(key.modulus()), KeyDer.integer(key.exponent()));
        if (format.equals(KeyFormatType.TRANSPARENT_RSA_PUBLIC_KEY)) {
            return new TransparentRsaPublicKey(key.modulus(), key.exponent());
        } else if (format.equals(KeyFormatType.X_509)) {
            return open(KeyDer.sequence(RSA_ALGORITHM, bitString(pkcs1)));
        }
        return format.equals(KeyFormatType.PKCS_1) ? open(pkcs1) : null;
    }

    private static @Nullable KeyMaterial rsaPrivate(KeyParts.RsaPrivate key, KeyFormatType format) {
        if (format.equals(KeyFormatType.TRANSPARENT_RSA_PRIVATE_KEY)) {
            return new TransparentRsaPrivateKey(
                    key.modulus(),
                    key.privateExponent(),
                    key.publicExponent(),
                    key.p(),
                    key.q(),
                    key.exponentP(),
                    key.exponentQ(),
                    key.coefficient());
        }
        byte[] pkcs1 = KeyDer.sequence(
                KeyDer.integer(BigInteger.ZERO),
                KeyDer.integer(key.modulus()),
                KeyDer.integer(key.publicExponent()),
                KeyDer.integer(key.privateExponent()),
                KeyDer.integer(key.p()),
                KeyDer.integer(key.q()),
                KeyDer.integer(key.exponentP()),
                KeyDer.integer(key.exponentQ()),
                KeyDer.integer(key.coefficient()));
        if (format.equals(KeyFormatType.PKCS_8)) {
            return encoded(pkcs8(RSA_ALGORITHM, pkcs1));
        }
        return format.equals(KeyFormatType.PKCS_1) ? encoded(pkcs1) : null;
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return KeyDer.sequence(KeyDer.integer(BigInteger.ZERO), algorithm, KeyDer.value(KeyDer.OCTET_STRING, key));
    }

    private static byte[] algorithm(NamedCurve curve) {
        byte[] oid = curve.ecParams().toByteArray();
        return curve.keyType().equals(KeyType.EC) ? KeyDer.sequence(EC_ALGORITHM, oid) : KeyDer.sequence(oid);
    }

    private static @Nullable KeyMaterial ecPublic(KeyParts.EcPublic key, KeyFormatType format) {
        RecommendedCurve curve = CurveNames.of(key.curve()).orElse(null);
        if (format.equals(KeyFormatType.TRANSPARENT_EC_PUBLIC_KEY) && curve != null) {
            return new TransparentEcPublicKey(curve, key.point());
        }
        boolean encodes = format.equals(KeyFormatType.X_509) || format.equals(KeyFormatType.RAW);
        return encodes
                ? open(KeyDer.sequence(
                        algorithm(key.curve()), bitString(key.point().toByteArray())))
                : null;
    }

    private static @Nullable KeyMaterial ecPrivate(KeyParts.EcPrivate key, KeyFormatType format) {
        RecommendedCurve curve = CurveNames.of(key.curve()).orElse(null);
        if (format.equals(KeyFormatType.TRANSPARENT_EC_PRIVATE_KEY) && curve != null) {
            return new TransparentEcPrivateKey(
                    curve, new BigInteger(1, key.value().sharedArray()));
        }
        byte[] value = KeyDer.value(KeyDer.OCTET_STRING, key.value().sharedArray());
        if (!key.curve().keyType().equals(KeyType.EC)) {
            return format.equals(KeyFormatType.PKCS_8) ? encoded(pkcs8(algorithm(key.curve()), value)) : null;
        }
        byte[] parameters =
                KeyDer.value(KeyDer.CONTEXT_0, key.curve().ecParams().toByteArray());
        byte[] point = key.point() == null
                ? new byte[0]
                : KeyDer.value(KeyDer.CONTEXT_1, bitString(key.point().toByteArray()));
        byte[] one = KeyDer.integer(BigInteger.ONE);
        if (format.equals(KeyFormatType.PKCS_8)) {
            return encoded(pkcs8(algorithm(key.curve()), KeyDer.sequence(one, value, point)));
        }
        return format.equals(KeyFormatType.EC_PRIVATE_KEY)
                ? encoded(KeyDer.sequence(one, value, parameters, point))
                : null;
    }

    private static byte[] bitString(byte[] content) {
        return KeyDer.value(KeyDer.BIT_STRING, new byte[1], content);
    }

    private static KeyMaterial encoded(byte[] der) {
        return new KeyMaterial.Encoded(SecretBytes.takeOver(der));
    }

    /** A public key's material: one that is kept is not wiped with a message that it is written to. */
    private static KeyMaterial open(byte[] der) {
        return new KeyMaterial.Encoded(Bytes.wrap(der));
    }
}
