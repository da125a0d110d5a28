package org.symbolon.soft.engine;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DHPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ParameterSet;
import org.symbolon.SecretBytes;

/** The attributes of a private key in PKCS #8. */
public final class PrivateKeyDecoding {
    private PrivateKeyDecoding() {}

    /**
     * Returns CKA_KEY_TYPE and the key's own attributes.
     *
     * @param pkcs8 the encoding; stays the caller's
     * @return the attributes, the secret ones to be wiped
     * @throws IllegalArgumentException if it is no private key of a type of this token; says nothing of its content
     */
    public static Attributes decode(byte[] pkcs8) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
            if (key instanceof RSAPrivateCrtKeyParameters rsa) {
                return rsa(rsa);
            } else if (key instanceof ECPrivateKeyParameters ec) {
                Bytes ecParams = Bytes.wrap(info.getPrivateKeyAlgorithm()
                        .getParameters()
                        .toASN1Primitive()
                        .getEncoded());
                NamedCurve curve = NamedCurve.ofEcParams(ecParams).orElseThrow(PrivateKeyDecoding::unknown);
                return onCurve(curve, KeyGeneration.unsigned(ec.getD(), curve.fieldBytes()));
            } else if (key instanceof DHPrivateKeyParameters dh) {
                return dh(dh);
            }
            return edwardsOrMontgomery(key);
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle's parser throws RuntimeException itself for algorithms that it does not know.
            throw unknown();
        }
    }

    private static Attributes edwardsOrMontgomery(AsymmetricKeyParameter key) {
        if (key instanceof Ed25519PrivateKeyParameters ed) {
            return onCurve(NamedCurve.ED25519, ed.getEncoded());
        } else if (key instanceof Ed448PrivateKeyParameters ed) {
            return onCurve(NamedCurve.ED448, ed.getEncoded());
        } else if (key instanceof X25519PrivateKeyParameters x) {
            return onCurve(NamedCurve.X25519, x.getEncoded());
        } else if (key instanceof X448PrivateKeyParameters x) {
            return onCurve(NamedCurve.X448, x.getEncoded());
        }
        return postQuantum(key);
    }

    private static Attributes postQuantum(AsymmetricKeyParameter key) {
        String name;
        if (key instanceof MLDSAPrivateKeyParameters mlDsa) {
            name = mlDsa.getParameters().getName();
        } else if (key instanceof MLKEMPrivateKeyParameters mlKem) {
            name = mlKem.getParameters().getName();
        } else if (key instanceof SLHDSAPrivateKeyParameters slhDsa) {
            name = "SLH-DSA-" + slhDsa.getParameters().getName();
        } else {
            throw unknown();
        }
        ParameterSet set = ParameterSet.of(name).orElseThrow(PrivateKeyDecoding::unknown);
        return PostQuantumKeys.secretPart(key)
                .with(Attribute.KEY_TYPE, set.keyType())
                .with(Attribute.PARAMETER_SET, set.code());
    }

    private static Attributes rsa(RSAPrivateCrtKeyParameters key) {
        return Attributes.builder()
                .set(Attribute.KEY_TYPE, KeyType.RSA)
                .set(Attribute.MODULUS, Bytes.wrap(unsigned(key.getModulus())))
                .set(Attribute.PUBLIC_EXPONENT, Bytes.wrap(unsigned(key.getPublicExponent())))
                .set(Attribute.PRIVATE_EXPONENT, secret(key.getExponent()))
                .set(Attribute.PRIME_1, secret(key.getP()))
                .set(Attribute.PRIME_2, secret(key.getQ()))
                .set(Attribute.EXPONENT_1, secret(key.getDP()))
                .set(Attribute.EXPONENT_2, secret(key.getDQ()))
                .set(Attribute.COEFFICIENT, secret(key.getQInv()))
                .build();
    }

    private static Attributes dh(DHPrivateKeyParameters key) {
        return Attributes.builder()
                .set(Attribute.KEY_TYPE, KeyType.DH)
                .set(Attribute.PRIME, Bytes.wrap(unsigned(key.getParameters().getP())))
                .set(Attribute.BASE, Bytes.wrap(unsigned(key.getParameters().getG())))
                .set(Attribute.VALUE, secret(key.getX()))
                .build();
    }

    private static Attributes onCurve(NamedCurve curve, byte[] value) {
        return Attributes.builder()
                .set(Attribute.KEY_TYPE, curve.keyType())
                .set(Attribute.EC_PARAMS, curve.ecParams())
                .set(Attribute.VALUE, SecretBytes.takeOver(value))
                .build();
    }

    private static Bytes secret(BigInteger value) {
        return SecretBytes.takeOver(unsigned(value));
    }

    private static byte[] unsigned(BigInteger value) {
        return KeyGeneration.unsigned(value, (value.bitLength() + 7) / 8);
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("this is no private key that the token knows");
    }
}
