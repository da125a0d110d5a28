package org.symbolon.jca;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import javax.crypto.Cipher;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismTable;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;

/** What the fake token does with the JDK's keys, mechanism by mechanism, without any code of the provider. */
final class FakeKeys {
    private FakeKeys() {}

    static byte[] sign(PrivateKey key, Mechanism mechanism, byte[] data) throws GeneralSecurityException {
        boolean unpadded = mechanism.type().equals(Mechanism.RSA_X_509.type());
        if (unpadded || mechanism.type().equals(Mechanism.RSA_PKCS.type())) {
            Cipher cipher = Cipher.getInstance(unpadded ? "RSA/ECB/NoPadding" : "RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(data);
        }
        if (mechanism.parameters() instanceof MechanismParameters.Pss pss) {
            return signPss(key, pss, mechanism.type().equals(Mechanism.RSA_PKCS_PSS.type()), data);
        }
        String name = mechanism.type().equals(Mechanism.EDDSA.type())
                ? "EdDSA"
                : MechanismTable.row(mechanism.type()).orElseThrow().jcaNames().stream()
                        .filter(n -> !n.contains("ECDSA") || n.endsWith("inP1363Format"))
                        .findFirst()
                        .orElseThrow()
                        .substring("Signature:".length());
        Signature signature = Signature.getInstance(name);
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    private static byte[] signPss(PrivateKey key, MechanismParameters.Pss pss, boolean digested, byte[] data)
            throws GeneralSecurityException {
        if (digested) {
            return new Pss(pss, ((RSAPrivateKey) key).getModulus().bitLength() - 1).sign(key, data);
        }
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(
                pss.hash().jcaName(),
                "MGF1",
                new MGF1ParameterSpec(pss.mgfHash().jcaName()),
                pss.saltBytes(),
                1));
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    /** EMSA-PSS over a digest with a salt of zeroes (RFC 8017 section 9.1.1), which the JDK has only over a message. */
    private record Pss(MechanismParameters.Pss parameters, int bits) {
        byte[] sign(PrivateKey key, byte[] digest) throws GeneralSecurityException {
            int length = (bits + 7) / 8;
            int hashBytes = parameters.hash().digestBytes();
            byte[] salt = new byte[parameters.saltBytes()];
            java.security.MessageDigest hash =
                    java.security.MessageDigest.getInstance(parameters.hash().jcaName());
            hash.update(new byte[8]);
            hash.update(digest);
            byte[] h = hash.digest(salt);
            byte[] block = new byte[length];
            int maskedBytes = length - hashBytes - 1;
            block[maskedBytes - salt.length - 1] = 1;
            mask(block, maskedBytes, h, parameters.mgfHash());
            block[0] &= (byte) (0xFF >> (8 * length - bits));
            System.arraycopy(h, 0, block, maskedBytes, hashBytes);
            block[length - 1] = (byte) 0xBC;
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(block);
        }

        private static void mask(byte[] block, int length, byte[] seed, HashAlgorithm mgfHash)
                throws GeneralSecurityException {
            java.security.MessageDigest mgf = java.security.MessageDigest.getInstance(mgfHash.jcaName());
            for (int i = 0, counter = 0; i < length; counter++) {
                mgf.update(seed);
                byte[] part = mgf.digest(
                        java.nio.ByteBuffer.allocate(4).putInt(counter).array());
                for (int j = 0; j < part.length && i < length; j++, i++) {
                    block[i] ^= part[j];
                }
            }
        }
    }

    static Attributes withoutSecrets(Attributes imported) {
        Attributes shown = imported;
        for (Attribute<?> secret : new Attribute<?>[] {
            Attribute.VALUE,
            Attribute.PRIVATE_EXPONENT,
            Attribute.PRIME_1,
            Attribute.PRIME_2,
            Attribute.EXPONENT_1,
            Attribute.EXPONENT_2,
            Attribute.COEFFICIENT
        }) {
            shown = shown.without(secret);
        }
        return shown;
    }

    static PrivateKey imported(Attributes key) throws TokenException {
        try {
            if (key.get(Attribute.KEY_TYPE).equals(KeyType.RSA)) {
                return KeyFactory.getInstance("RSA")
                        .generatePrivate(new RSAPrivateCrtKeySpec(
                                number(key, Attribute.MODULUS),
                                number(key, Attribute.PUBLIC_EXPONENT),
                                number(key, Attribute.PRIVATE_EXPONENT),
                                number(key, Attribute.PRIME_1),
                                number(key, Attribute.PRIME_2),
                                number(key, Attribute.EXPONENT_1),
                                number(key, Attribute.EXPONENT_2),
                                number(key, Attribute.COEFFICIENT)));
            }
            NamedCurve curve =
                    NamedCurve.ofEcParams(key.get(Attribute.EC_PARAMS)).orElseThrow();
            byte[] value = key.get(Attribute.VALUE).toByteArray();
            if (!curve.keyType().equals(KeyType.EC)) {
                return KeyFactory.getInstance("EdDSA")
                        .generatePrivate(new EdECPrivateKeySpec(new NamedParameterSpec(curve.jcaName()), value));
            }
            java.security.AlgorithmParameters parameters = java.security.AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve.jcaName()));
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(
                            new BigInteger(1, value), parameters.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException e) {
            throw FakeToken.failed("the JDK refused", e);
        }
    }

    private static BigInteger number(Attributes key, Attribute<Bytes> attribute) {
        return new BigInteger(1, key.get(attribute).toByteArray());
    }
}
