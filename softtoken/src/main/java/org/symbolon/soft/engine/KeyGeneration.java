package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Map;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;

/** Generates key material. Thread-safe. */
public final class KeyGeneration {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65537);
    private static final int MAX_EXPONENT_BITS = 64;
    private static final int MAX_SECRET_BYTES = 1024;

    private KeyGeneration() {}

    static Map<MechanismType, MechanismInfo> infos() {
        Set<MechanismFunction> pair = Set.of(MechanismFunction.GENERATE_KEY_PAIR);
        Set<MechanismFunction> secret = Set.of(MechanismFunction.GENERATE);
        return Map.of(
                MechanismType.named("CKM_RSA_PKCS_KEY_PAIR_GEN"),
                new MechanismInfo(KeySizes.MIN_GENERATED_RSA_BITS, KeySizes.MAX_RSA_BITS, pair),
                MechanismType.named("CKM_EC_KEY_PAIR_GEN"),
                new MechanismInfo(256, 521, pair),
                MechanismType.named("CKM_EC_EDWARDS_KEY_PAIR_GEN"),
                new MechanismInfo(255, 255, pair),
                MechanismType.named("CKM_AES_KEY_GEN"),
                new MechanismInfo(16, 32, secret),
                MechanismType.named("CKM_GENERIC_SECRET_KEY_GEN"),
                new MechanismInfo(1, MAX_SECRET_BYTES, secret));
    }

    /**
     * The material of a key pair.
     *
     * @param publicPart the attributes of both keys
     * @param secretPart the attributes of the private key alone, as {@link SecretBytes}
     */
    public record Pair(Attributes publicPart, Attributes secretPart) {}

    /**
     * Generates a key pair.
     *
     * @param keyType its type
     * @param wanted the public key's template
     * @return its material
     * @throws TokenException if the template asks for what cannot be made
     */
    public static Pair pair(KeyType keyType, Attributes wanted) throws TokenException {
        try {
            return keyType.equals(KeyType.RSA) ? rsa(wanted) : onCurve(keyType, wanted);
        } catch (TokenException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        }
    }

    private static Pair rsa(Attributes wanted) throws GeneralSecurityException {
        long bits = wanted.get(Attribute.MODULUS_BITS);
        if (bits < KeySizes.MIN_GENERATED_RSA_BITS || bits > KeySizes.MAX_RSA_BITS || bits % 8 != 0) {
            throw Failures.operation(
                    "CKR_KEY_SIZE_RANGE",
                    "CKA_MODULUS_BITS is a multiple of 8 from " + KeySizes.MIN_GENERATED_RSA_BITS + " to "
                            + KeySizes.MAX_RSA_BITS + ", not " + bits);
        }
        BigInteger exponent = wanted.find(Attribute.PUBLIC_EXPONENT)
                .map(bytes -> new BigInteger(1, bytes.sharedArray()))
                .orElse(RSAKeyGenParameterSpec.F4);
        if (exponent.compareTo(MIN_EXPONENT) < 0 || exponent.bitLength() > MAX_EXPONENT_BITS || !exponent.testBit(0)) {
            throw Failures.value("CKA_PUBLIC_EXPONENT is an odd number from 65537 to 2^64, not " + exponent);
        }
        KeyPair pair = generate("RSA", Engines.NATIVE_JDK_BC, new RSAKeyGenParameterSpec((int) bits, exponent));
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        Attributes secret = Attributes.builder()
                .set(Attribute.PRIVATE_EXPONENT, secret(key.getPrivateExponent()))
                .set(Attribute.PRIME_1, secret(key.getPrimeP()))
                .set(Attribute.PRIME_2, secret(key.getPrimeQ()))
                .set(Attribute.EXPONENT_1, secret(key.getPrimeExponentP()))
                .set(Attribute.EXPONENT_2, secret(key.getPrimeExponentQ()))
                .set(Attribute.COEFFICIENT, secret(key.getCrtCoefficient()))
                .build();
        return new Pair(publicPart(pair), secret);
    }

    private static Pair onCurve(KeyType keyType, Attributes wanted) throws GeneralSecurityException {
        NamedCurve curve = KeyCompletion.curve(keyType, wanted);
        if (keyType.equals(KeyType.EC)) {
            KeyPair pair = generate("EC", Engines.NATIVE_BC_JDK, new ECGenParameterSpec(curve.jcaName()));
            byte[] value = unsigned(((ECPrivateKey) pair.getPrivate()).getS(), curve.fieldBytes());
            return new Pair(publicPart(pair), secretValue(value));
        }
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519", Engines.JDK_NATIVE_BC.get("KeyPairGenerator", "Ed25519"))
                .generateKeyPair();
        byte[] value = ((EdECPrivateKey) pair.getPrivate())
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the generated key is opaque"));
        return new Pair(publicPart(pair), secretValue(value));
    }

    private static KeyPair generate(String algorithm, Engines order, java.security.spec.AlgorithmParameterSpec spec)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, order.get("KeyPairGenerator", algorithm));
        generator.initialize(spec);
        return generator.generateKeyPair();
    }

    private static Attributes publicPart(KeyPair pair) {
        Attributes all = PublicKeys.template(pair.getPublic()).attributes();
        return all.without(Attribute.CLASS).without(Attribute.KEY_TYPE);
    }

    private static Attributes secretValue(byte[] value) {
        return Attributes.builder()
                .set(Attribute.VALUE, SecretBytes.takeOver(value))
                .build();
    }

    /**
     * Generates a secret key.
     *
     * @param keyType its type
     * @param length its length in bytes
     * @return its material
     * @throws TokenException if there are no such keys
     */
    public static Attributes secret(KeyType keyType, long length) throws TokenException {
        boolean legal = keyType.equals(KeyType.AES)
                ? length == 16 || length == 24 || length == 32
                : length >= 1 && length <= MAX_SECRET_BYTES;
        if (!legal) {
            throw Failures.operation(
                    "CKR_KEY_SIZE_RANGE",
                    "CKA_VALUE_LEN is " + (keyType.equals(KeyType.AES) ? "16, 24 or 32" : "1 to " + MAX_SECRET_BYTES)
                            + ", not " + length);
        }
        return secretValue(random((int) length));
    }

    /**
     * Returns random bytes.
     *
     * @param length how many
     * @return the bytes
     */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /**
     * Adds to the state of the generator.
     *
     * @param seed any bytes
     */
    public static void seed(byte[] seed) {
        RANDOM.setSeed(seed);
    }

    private static Bytes secret(BigInteger value) {
        return SecretBytes.takeOver(unsigned(value, (value.bitLength() + 7) / 8));
    }

    static byte[] unsigned(BigInteger value, int length) {
        return org.bouncycastle.util.BigIntegers.asUnsignedByteArray(length, value);
    }
}
