package org.symbolon.kmip.key;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.NamedCurve;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.RecommendedCurve;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.TransparentEcPrivateKey;
import org.symbolon.kmip.object.TransparentEcPublicKey;
import org.symbolon.kmip.object.TransparentEcdsaPrivateKey;
import org.symbolon.kmip.object.TransparentEcdsaPublicKey;
import org.symbolon.kmip.object.TransparentRsaPrivateKey;
import org.symbolon.kmip.object.TransparentRsaPublicKey;
import org.symbolon.kmip.object.TransparentSymmetricKey;

/** Reads keys in the forms that KMIP has for them (KMIP 2.1 section 3.4). Forms that no token has a key for are read as empty. */
public final class KeyReader {
    public static final String RSA_OID = "2a864886f70d010101";
    public static final String EC_OID = "2a8648ce3d0201";

    private KeyReader() {}

    /** Returns a key's numbers; empty where the form is none that tokens take. */
    public static Optional<KeyParts> read(ObjectType type, KeyBlock block) throws InvalidAttributeException {
        if (!(block.keyValue() instanceof KeyValue.Plain plain) || block.keyWrappingData() != null) {
            return Optional.empty();
        }
        KeyMaterial material = plain.material();
        if (material instanceof KeyMaterial.Encoded encoded) {
            return Optional.ofNullable(encoded(type, block.keyFormatType(), encoded.encoding()));
        }
        return Optional.ofNullable(transparent(material));
    }

    private static @Nullable KeyParts encoded(ObjectType type, KeyFormatType format, Bytes encoding)
            throws InvalidAttributeException {
        byte[] bytes = encoding.sharedArray();
        if (type.equals(ObjectType.SYMMETRIC_KEY)) {
            return format.equals(KeyFormatType.RAW) ? new KeyParts.Secret(SecretBytes.copyOf(bytes)) : null;
        } else if (type.equals(ObjectType.PUBLIC_KEY)) {
            return publicKey(bytes);
        } else if (type.equals(ObjectType.PRIVATE_KEY)) {
            if (format.equals(KeyFormatType.PKCS_1)) {
                return rsaPrivate(bytes);
            } else if (format.equals(KeyFormatType.PKCS_8)) {
                return pkcs8(bytes);
            } else if (format.equals(KeyFormatType.EC_PRIVATE_KEY)) {
                return ecPrivate(bytes, null);
            }
        }
        return null;
    }

    private static @Nullable KeyParts transparent(KeyMaterial material) {
        if (material instanceof TransparentSymmetricKey key) {
            return new KeyParts.Secret(SecretBytes.copyOf(key.key().sharedArray()));
        } else if (material instanceof TransparentRsaPublicKey key) {
            return new KeyParts.RsaPublic(key.modulus(), key.publicExponent());
        } else if (material instanceof TransparentRsaPrivateKey key) {
            return rsaPrivate(key);
        } else if (material instanceof TransparentEcPublicKey key) {
            return point(key.recommendedCurve(), key.qString());
        } else if (material instanceof TransparentEcdsaPublicKey key) {
            return point(key.recommendedCurve(), key.qString());
        } else if (material instanceof TransparentEcPrivateKey key) {
            return scalar(key.recommendedCurve(), key.d());
        } else if (material instanceof TransparentEcdsaPrivateKey key) {
            return scalar(key.recommendedCurve(), key.d());
        }
        return null;
    }

    private static @Nullable KeyParts rsaPrivate(TransparentRsaPrivateKey key) {
        if (key.privateExponent() == null || key.publicExponent() == null || key.p() == null || key.q() == null) {
            return null;
        }
        BigInteger d = key.privateExponent();
        BigInteger p = key.p();
        BigInteger q = key.q();
        if (p.compareTo(BigInteger.ONE) <= 0
                || q.compareTo(BigInteger.ONE) <= 0
                || !p.gcd(q).equals(BigInteger.ONE)) {
            return null;
        }
        return new KeyParts.RsaPrivate(
                key.modulus(),
                key.publicExponent(),
                d,
                p,
                q,
                key.primeExponentP() == null ? d.mod(p.subtract(BigInteger.ONE)) : key.primeExponentP(),
                key.primeExponentQ() == null ? d.mod(q.subtract(BigInteger.ONE)) : key.primeExponentQ(),
                key.crtCoefficient() == null ? q.modInverse(p) : key.crtCoefficient());
    }

    private static @Nullable KeyParts point(RecommendedCurve recommended, Bytes point) {
        return CurveNames.of(recommended)
                .map(curve -> new KeyParts.EcPublic(curve, point))
                .orElse(null);
    }

    private static @Nullable KeyParts scalar(RecommendedCurve recommended, BigInteger d) {
        return CurveNames.of(recommended)
                .map(curve -> new KeyParts.EcPrivate(
                        curve, SecretBytes.takeOver(KeyParts.unsigned(d, curve.fieldBytes())), null))
                .orElse(null);
    }

    /** Returns the numbers of a public key in DER; empty where it is of an algorithm that tokens do not have. */
    public static Optional<KeyParts> publicKey(Bytes der) throws InvalidAttributeException {
        return Optional.ofNullable(publicKey(der.sharedArray()));
    }

    /** Reads a SubjectPublicKeyInfo or PKCS #1's RSAPublicKey, whichever it is: what peers call them is not to be relied on. */
    private static @Nullable KeyParts publicKey(byte[] der) throws InvalidAttributeException {
        KeyDer outer = KeyDer.reader(der).into(KeyDer.SEQUENCE);
        if (outer.isNext(KeyDer.INTEGER)) {
            return new KeyParts.RsaPublic(outer.number(), outer.number());
        }
        KeyDer algorithm = outer.into(KeyDer.SEQUENCE);
        byte[] oid = algorithm.whole(KeyDer.OBJECT_IDENTIFIER);
        byte[] key = outer.bits();
        String name = Bytes.wrap(oid).toHex().substring(4);
        if (name.equals(RSA_OID)) {
            KeyDer rsa = KeyDer.reader(key).into(KeyDer.SEQUENCE);
            return new KeyParts.RsaPublic(rsa.number(), rsa.number());
        }
        byte[] parameters = name.equals(EC_OID) ? algorithm.whole(KeyDer.OBJECT_IDENTIFIER) : oid;
        return NamedCurve.ofEcParams(Bytes.wrap(parameters))
                .map(curve -> new KeyParts.EcPublic(curve, Bytes.wrap(key)))
                .orElse(null);
    }

    private static @Nullable KeyParts pkcs8(byte[] der) throws InvalidAttributeException {
        KeyDer outer = KeyDer.reader(der).into(KeyDer.SEQUENCE);
        if (!outer.isNext(KeyDer.INTEGER)) {
            return null; // an EncryptedPrivateKeyInfo
        }
        outer.number();
        KeyDer algorithm = outer.into(KeyDer.SEQUENCE);
        byte[] oid = algorithm.whole(KeyDer.OBJECT_IDENTIFIER);
        String name = Bytes.wrap(oid).toHex().substring(4);
        byte[] key = outer.content(KeyDer.OCTET_STRING);
        if (name.equals(RSA_OID)) {
            return rsaPrivate(key);
        } else if (name.equals(EC_OID)) {
            return ecPrivate(key, algorithm.whole(KeyDer.OBJECT_IDENTIFIER));
        }
        NamedCurve curve = NamedCurve.ofEcParams(Bytes.wrap(oid)).orElse(null);
        return curve == null
                ? null
                : new KeyParts.EcPrivate(
                        curve, SecretBytes.takeOver(KeyDer.reader(key).content(KeyDer.OCTET_STRING)), null);
    }

    private static KeyParts rsaPrivate(byte[] der) throws InvalidAttributeException {
        KeyDer rsa = KeyDer.reader(der).into(KeyDer.SEQUENCE);
        if (rsa.number().signum() != 0) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), "RSA keys have two primes here");
        }
        return new KeyParts.RsaPrivate(
                rsa.number(),
                rsa.number(),
                rsa.number(),
                rsa.number(),
                rsa.number(),
                rsa.number(),
                rsa.number(),
                rsa.number());
    }

    private static @Nullable KeyParts ecPrivate(byte[] der, byte @Nullable [] parameters)
            throws InvalidAttributeException {
        KeyDer key = KeyDer.reader(der).into(KeyDer.SEQUENCE);
        key.number();
        byte[] value = key.content(KeyDer.OCTET_STRING);
        byte[] curveOid = parameters;
        if (key.isNext(KeyDer.CONTEXT_0)) {
            curveOid = key.into(KeyDer.CONTEXT_0).whole(KeyDer.OBJECT_IDENTIFIER);
        }
        Bytes point = key.isNext(KeyDer.CONTEXT_1)
                ? Bytes.wrap(key.into(KeyDer.CONTEXT_1).bits())
                : null;
        NamedCurve curve = curveOid == null
                ? null
                : NamedCurve.ofEcParams(Bytes.wrap(curveOid)).orElse(null);
        return curve == null
                ? null
                : new KeyParts.EcPrivate(
                        curve,
                        SecretBytes.takeOver(KeyParts.unsigned(new BigInteger(1, value), curve.fieldBytes())),
                        point);
    }
}
