package org.symbolon.key;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.interfaces.DHPublicKey;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ParameterSet;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;

/** Translates between the public attributes of PKCS #11 keys and the JDK's public keys. Thread-safe. */
public final class PublicKeys {
    private static final Bytes RSA_ALGORITHM = Bytes.ofHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = Bytes.ofHex("06072a8648ce3d0201").toByteArray();
    private static final String DH_OID = "1.2.840.113549.1.3.1";
    private static final int OCTET_STRING = 0x04;

    private PublicKeys() {}

    /**
     * Returns the public key of a public or private key object, from CKA_PUBLIC_KEY_INFO or from the modulus and exponent
     * or the curve and point.
     *
     * @param key a public key, or a private key that carries its public part
     * @return the JDK's key, from the JDK's own provider (where the JDK has none for ML-DSA, ML-KEM or SLH-DSA, a key that
     *     is its encoding and no more); empty if the object does not carry enough, which is common for
     *     EC private keys of older tokens
     * @throws TokenProtocolException if the attributes are malformed or of a type that the JDK does not know
     */
    public static Optional<PublicKey> find(TokenObject key) throws TokenProtocolException {
        try {
            Optional<Bytes> encoded = subjectPublicKeyInfo(key.attributes());
            return encoded.isEmpty() ? Optional.empty() : Optional.of(decode(encoded.get()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw malformed(key.describe() + " has public attributes that make no key: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the public key of a public key object.
     *
     * @param key the object
     * @return the JDK's key, from the JDK's own provider
     * @throws TokenProtocolException if the attributes do not make a public key that the JDK knows
     */
    public static PublicKey of(TokenObject key) throws TokenProtocolException {
        return find(key).orElseThrow(() -> malformed(key.describe() + " does not carry its public key", null));
    }

    /**
     * Returns the DER SubjectPublicKeyInfo (RFC 5280) of a key's public attributes.
     *
     * @param attributes the attributes of a public or private key
     * @return the encoding, or empty if they do not carry a public key
     * @throws IllegalArgumentException if the curve or point is malformed or unknown
     */
    public static Optional<Bytes> subjectPublicKeyInfo(Attributes attributes) {
        Optional<Bytes> given = attributes.find(Attribute.PUBLIC_KEY_INFO).filter(info -> !info.isEmpty());
        if (given.isPresent()) {
            return given;
        }
        Optional<KeyType> type = attributes.find(Attribute.KEY_TYPE);
        if (type.equals(Optional.of(KeyType.RSA))
                && attributes.has(Attribute.MODULUS)
                && attributes.has(Attribute.PUBLIC_EXPONENT)) {
            byte[] key = Der.sequence(
                    Der.integer(attributes.get(Attribute.MODULUS)),
                    Der.integer(attributes.get(Attribute.PUBLIC_EXPONENT)));
            return Optional.of(Bytes.wrap(Der.sequence(RSA_ALGORITHM.sharedArray(), Der.bitString(key))));
        }
        if (type.equals(Optional.of(KeyType.DH))
                && isPublic(attributes)
                && attributes.has(Attribute.PRIME)
                && attributes.has(Attribute.BASE)) {
            return Optional.of(diffieHellman(attributes));
        }
        Optional<ParameterSet> parameterSet = attributes
                .find(Attribute.PARAMETER_SET)
                .flatMap(code -> type.flatMap(keyType -> ParameterSet.of(keyType, code)));
        if (parameterSet.isPresent() && isPublic(attributes)) {
            return Optional.of(ofParameterSet(
                    parameterSet.get(), attributes.get(Attribute.VALUE).sharedArray()));
        }
        if (attributes.has(Attribute.EC_POINT) && attributes.has(Attribute.EC_PARAMS)) {
            return Optional.of(ellipticCurve(attributes.get(Attribute.EC_PARAMS), attributes.get(Attribute.EC_POINT)));
        }
        return Optional.empty();
    }

    /** Returns whether CKA_VALUE is there and no secret. */
    private static boolean isPublic(Attributes attributes) {
        return attributes.find(Attribute.CLASS).equals(Optional.of(ObjectClass.PUBLIC_KEY))
                && attributes.has(Attribute.VALUE);
    }

    private static Bytes ofParameterSet(ParameterSet set, byte[] value) {
        byte[] algorithm = Der.sequence(Der.objectIdentifier(set.objectIdentifier()));
        return Bytes.wrap(Der.sequence(algorithm, Der.bitString(value)));
    }

    private static Bytes diffieHellman(Attributes key) {
        byte[] algorithm = Der.sequence(
                Der.objectIdentifier(DH_OID),
                Der.sequence(Der.integer(key.get(Attribute.PRIME)), Der.integer(key.get(Attribute.BASE))));
        return Bytes.wrap(Der.sequence(algorithm, Der.bitString(Der.integer(key.get(Attribute.VALUE)))));
    }

    private static Bytes ellipticCurve(Bytes ecParams, Bytes ecPoint) {
        NamedCurve curve = NamedCurve.ofEcParams(ecParams)
                .orElseThrow(() -> new IllegalArgumentException("CKA_EC_PARAMS " + ecParams + " names no known curve"));
        byte[] algorithm = curve.keyType().equals(KeyType.EC)
                ? Der.sequence(EC_OID, curve.ecParams().sharedArray())
                : Der.sequence(curve.ecParams().sharedArray());
        return Bytes.wrap(Der.sequence(algorithm, Der.bitString(rawPoint(ecPoint, curve))));
    }

    /**
     * Returns the point of a CKA_EC_POINT value: a DER OCTET STRING around it, or in some tokens the point itself.
     *
     * @param ecPoint the attribute's value
     * @param curve the curve that the point is on
     * @return the point alone, a new array
     * @throws IllegalArgumentException if it is neither; the message says how long it is
     */
    public static byte[] rawPoint(Bytes ecPoint, NamedCurve curve) {
        byte[] value = ecPoint.toByteArray();
        int length = curve.keyType().equals(KeyType.EC) ? 2 * curve.fieldBytes() + 1 : curve.fieldBytes();
        if (value.length == length) {
            return value;
        }
        boolean wrapped = value.length > 0 && value[0] == OCTET_STRING && Der.isWhole(value);
        byte[] point = wrapped ? Der.content(value) : value;
        if (point.length != length) {
            throw new IllegalArgumentException(
                    "a point on " + curve.displayName() + " has " + length + " bytes, not " + point.length);
        }
        return point;
    }

    /**
     * Returns an ML-DSA, ML-KEM or SLH-DSA public key that is its encoding and no more, for JVMs whose providers do not know
     * these algorithms, as before Java 24.
     *
     * @param subjectPublicKeyInfo the DER encoding (RFC 9881, RFC 9935, RFC 9909)
     * @return the key
     * @throws IllegalArgumentException if it is malformed or of another algorithm
     */
    public static PublicKey asEncoding(Bytes subjectPublicKeyInfo) {
        byte[] encoded = subjectPublicKeyInfo.sharedArray();
        ParameterSet set = Optional.of(encoded)
                .filter(Der::isWhole)
                .flatMap(Der::parameterSet)
                .orElseThrow(() -> new IllegalArgumentException(
                        "this is no SubjectPublicKeyInfo of an ML-DSA, ML-KEM or SLH-DSA key"));
        return new EncodedPublicKey(set, ofParameterSet(set, Der.publicKeyBits(encoded)));
    }

    private static PublicKey decode(Bytes encoded) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded.toByteArray());
        Optional<ParameterSet> parameterSet = Der.parameterSet(encoded.sharedArray());
        if (parameterSet.isEmpty()) {
            return KeyFactory.getInstance(Der.keyFactoryAlgorithm(encoded.sharedArray()))
                    .generatePublic(spec);
        }
        String family = EncodedPublicKey.family(parameterSet.get());
        return Security.getAlgorithms("KeyFactory").contains(family)
                ? KeyFactory.getInstance(family).generatePublic(spec)
                : new EncodedPublicKey(parameterSet.get(), encoded);
    }

    /** Returns the parameter set of an ML-DSA, ML-KEM or SLH-DSA key of any provider. */
    static Optional<ParameterSet> parameterSet(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return encoded == null ? Optional.empty() : Der.parameterSet(encoded);
    }

    private static TokenProtocolException malformed(String detail, @org.jspecify.annotations.Nullable Exception cause) {
        return new TokenProtocolException(Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), detail, cause);
    }

    /**
     * Returns the template that imports a public key: class, key type and key material.
     *
     * @param key an RSA, EC, EdDSA, XDH, DH, ML-DSA, ML-KEM or SLH-DSA public key of any provider
     * @return the template, without label and id
     * @throws IllegalArgumentException if it is a key of another type or on a curve that is none of ours
     */
    public static Template template(PublicKey key) {
        Template template = Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY);
        if (key instanceof RSAPublicKey rsa) {
            return template.with(Attribute.KEY_TYPE, KeyType.RSA)
                    .with(Attribute.MODULUS, Unsigned.bytes(rsa.getModulus()))
                    .with(Attribute.PUBLIC_EXPONENT, Unsigned.bytes(rsa.getPublicExponent()));
        }
        if (key instanceof ECPublicKey ec) {
            NamedCurve curve = Curves.of(ec.getParams());
            return onCurve(template, curve, uncompressed(ec, curve));
        }
        if (key instanceof EdECPublicKey || key instanceof XECPublicKey) {
            byte[] encoded = key.getEncoded();
            NamedCurve curve = key instanceof EdECPublicKey ed
                    ? Curves.of(ed.getParams().getName())
                    : Curves.of((java.security.spec.NamedParameterSpec) ((XECPublicKey) key).getParams());
            return onCurve(
                    template, curve, Arrays.copyOfRange(encoded, encoded.length - curve.fieldBytes(), encoded.length));
        }
        if (key instanceof DHPublicKey dh) {
            return template.with(Attribute.KEY_TYPE, KeyType.DH)
                    .with(Attribute.PRIME, Unsigned.bytes(dh.getParams().getP()))
                    .with(Attribute.BASE, Unsigned.bytes(dh.getParams().getG()))
                    .with(Attribute.VALUE, Unsigned.bytes(dh.getY()));
        }
        ParameterSet set = parameterSet(key)
                .orElseThrow(() -> new IllegalArgumentException("a public key of algorithm " + key.getAlgorithm() + " ("
                        + key.getClass().getName()
                        + ") cannot be stored; RSA, EC, EdDSA, XDH, DH, ML-DSA, ML-KEM and SLH-DSA can"));
        return template.with(Attribute.KEY_TYPE, set.keyType())
                .with(Attribute.PARAMETER_SET, set.code())
                .with(Attribute.VALUE, Bytes.wrap(Der.publicKeyBits(key.getEncoded())));
    }

    private static Template onCurve(Template template, NamedCurve curve, byte[] point) {
        return template.with(Attribute.KEY_TYPE, curve.keyType())
                .with(Attribute.EC_PARAMS, curve.ecParams())
                .with(Attribute.EC_POINT, Bytes.wrap(Der.octetString(point)));
    }

    private static byte[] uncompressed(ECPublicKey key, NamedCurve curve) {
        ByteArrayOutputStream point = new ByteArrayOutputStream();
        point.write(4);
        point.writeBytes(Unsigned.bytes(key.getW().getAffineX(), curve.fieldBytes()));
        point.writeBytes(Unsigned.bytes(key.getW().getAffineY(), curve.fieldBytes()));
        return point.toByteArray();
    }
}
