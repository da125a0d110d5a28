package org.symbolon.soft.engine;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.DHParameter;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;

/** Translates the attributes of keys into the keys of a JCA provider. */
public final class KeyEncoding {
    private KeyEncoding() {}

    static PublicKey publicKey(Attributes key, Provider engine) throws GeneralSecurityException {
        String algorithm = algorithm(key);
        return KeyFactory.getInstance(algorithm, Engines.keyFactory(engine, algorithm))
                .generatePublic(new X509EncodedKeySpec(
                        key.get(Attribute.PUBLIC_KEY_INFO).toByteArray()));
    }

    static PrivateKey privateKey(Attributes key, Provider engine) throws GeneralSecurityException {
        String algorithm = algorithm(key);
        byte[] encoded = pkcs8(key);
        try {
            return KeyFactory.getInstance(algorithm, Engines.keyFactory(engine, algorithm))
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Returns the JCA's name of the algorithm of a key that is one of a pair. */
    private static String algorithm(Attributes key) {
        KeyType type = key.get(Attribute.KEY_TYPE);
        if (type.equals(KeyType.RSA)) {
            return "RSA";
        }
        return type.equals(KeyType.EC) ? "EC" : curve(key).jcaName();
    }

    /** Returns the JCA's name of the algorithm of a secret key. */
    static String secretKeyAlgorithm(KeyType type) {
        if (type.equals(KeyType.DES3)) {
            return "DESede";
        } else if (type.equals(KeyType.CHACHA20)) {
            return "ChaCha20";
        }
        return type.equals(KeyType.GENERIC_SECRET) || type.equals(KeyType.HKDF) ? "Generic" : "AES";
    }

    static NamedCurve curve(Attributes key) {
        return NamedCurve.ofEcParams(key.get(Attribute.EC_PARAMS)).orElseThrow();
    }

    /**
     * Returns the PKCS #8 encoding of a private key.
     *
     * @param key its attributes, complete
     * @return the encoding, which the caller wipes
     * @throws TokenException if the attributes make no key
     */
    public static byte[] pkcs8(Attributes key) throws TokenException {
        KeyType type = key.get(Attribute.KEY_TYPE);
        try {
            if (type.equals(KeyType.RSA)) {
                return rsa(key).getEncoded();
            } else if (type.equals(KeyType.DH)) {
                return dh(key).getEncoded();
            } else if (PostQuantumKeys.has(type)) {
                return PostQuantumKeys.pkcs8(key);
            }
            return onCurve(key).getEncoded();
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    private static PrivateKeyInfo dh(Attributes key) throws IOException {
        DHParameter domain = new DHParameter(integer(key, Attribute.PRIME), integer(key, Attribute.BASE), 0);
        return info(PKCSObjectIdentifiers.dhKeyAgreement, domain, new ASN1Integer(integer(key, Attribute.VALUE)));
    }

    private static PrivateKeyInfo rsa(Attributes key) throws IOException {
        RSAPrivateKey content = new RSAPrivateKey(
                integer(key, Attribute.MODULUS),
                integer(key, Attribute.PUBLIC_EXPONENT),
                integer(key, Attribute.PRIVATE_EXPONENT),
                integer(key, Attribute.PRIME_1),
                integer(key, Attribute.PRIME_2),
                integer(key, Attribute.EXPONENT_1),
                integer(key, Attribute.EXPONENT_2),
                integer(key, Attribute.COEFFICIENT));
        return info(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE, content);
    }

    private static PrivateKeyInfo onCurve(Attributes key) throws IOException {
        NamedCurve curve = curve(key);
        ASN1ObjectIdentifier oid =
                ASN1ObjectIdentifier.getInstance(curve.ecParams().toByteArray());
        if (curve.keyType().equals(KeyType.EC)) {
            ECPrivateKey content = new ECPrivateKey(8 * curve.fieldBytes(), integer(key, Attribute.VALUE), oid);
            return info(X9ObjectIdentifiers.id_ecPublicKey, oid, content);
        }
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(oid),
                new DEROctetString(key.get(Attribute.VALUE).sharedArray()));
    }

    private static PrivateKeyInfo info(ASN1ObjectIdentifier algorithm, ASN1Encodable parameters, ASN1Encodable content)
            throws IOException {
        return new PrivateKeyInfo(new AlgorithmIdentifier(algorithm, parameters), content);
    }

    static BigInteger integer(Attributes key, Attribute<Bytes> attribute) {
        return new BigInteger(1, key.get(attribute).sharedArray());
    }
}
