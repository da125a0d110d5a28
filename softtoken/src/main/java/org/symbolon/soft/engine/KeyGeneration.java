package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Map;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
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

    private KeyGeneration() {}

    static Map<MechanismType, MechanismInfo> infos() {
        Set<MechanismFunction> pair = Set.of(MechanismFunction.GENERATE_KEY_PAIR);
        Set<MechanismFunction> secret = Set.of(MechanismFunction.GENERATE);
        MechanismInfo ofBits = new MechanismInfo(8, 8L * SecretKeys.MAX_GENERIC_BYTES, secret);
        return Map.ofEntries(
                info("CKM_RSA_PKCS_KEY_PAIR_GEN", KeySizes.MIN_GENERATED_RSA_BITS, KeySizes.MAX_RSA_BITS, pair),
                info("CKM_EC_KEY_PAIR_GEN", KeySizes.MIN_EC_BITS, KeySizes.MAX_EC_BITS, pair),
                info("CKM_EC_EDWARDS_KEY_PAIR_GEN", KeySizes.MIN_EDWARDS_BITS, KeySizes.MAX_EDWARDS_BITS, pair),
                info("CKM_EC_MONTGOMERY_KEY_PAIR_GEN", KeySizes.MIN_EDWARDS_BITS, KeySizes.MAX_EDWARDS_BITS, pair),
                info("CKM_DH_PKCS_KEY_PAIR_GEN", DhKeys.MIN_BITS, DhKeys.MAX_BITS, pair),
                info("CKM_ML_DSA_KEY_PAIR_GEN", KeySizes.MIN_ML_DSA_BYTES, KeySizes.MAX_ML_DSA_BYTES, pair),
                info("CKM_ML_KEM_KEY_PAIR_GEN", KeySizes.MIN_ML_KEM_BYTES, KeySizes.MAX_ML_KEM_BYTES, pair),
                info("CKM_SLH_DSA_KEY_PAIR_GEN", KeySizes.MIN_SLH_DSA_BYTES, KeySizes.MAX_SLH_DSA_BYTES, pair),
                info("CKM_AES_KEY_GEN", 16, 32, secret),
                info("CKM_AES_XTS_KEY_GEN", 32, 64, secret),
                info("CKM_CHACHA20_KEY_GEN", 32, 32, secret),
                info("CKM_DES3_KEY_GEN", 24, 24, secret),
                Map.entry(MechanismType.named("CKM_GENERIC_SECRET_KEY_GEN"), ofBits),
                Map.entry(MechanismType.named("CKM_HKDF_KEY_GEN"), ofBits),
                info("CKM_PKCS5_PBKD2", 0, 0, secret));
    }

    private static Map.Entry<MechanismType, MechanismInfo> info(
            String mechanism, int min, int max, Set<MechanismFunction> functions) {
        return Map.entry(MechanismType.named(mechanism), new MechanismInfo(min, max, functions));
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
     * @param publicKey the public key's template
     * @param privateKey the private key's template
     * @return its material
     * @throws TokenException if the templates ask for what cannot be made
     */
    public static Pair pair(KeyType keyType, Attributes publicKey, Attributes privateKey) throws TokenException {
        try {
            if (keyType.equals(KeyType.RSA)) {
                return rsa(publicKey);
            } else if (keyType.equals(KeyType.DH)) {
                return DhKeys.generate(publicKey, privateKey);
            }
            return PostQuantumKeys.has(keyType)
                    ? PostQuantumKeys.generate(keyType, publicKey)
                    : onCurve(keyType, publicKey);
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
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance("EC", Engines.onCurve(curve, "KeyPairGenerator", "EC"));
            generator.initialize(new ECGenParameterSpec(curve.jcaName()));
            KeyPair pair = generator.generateKeyPair();
            byte[] value = unsigned(((ECPrivateKey) pair.getPrivate()).getS(), curve.fieldBytes());
            ECPoint w = ((ECPublicKey) pair.getPublic()).getW();
            byte[] point = new byte[2 * curve.fieldBytes() + 1];
            point[0] = 4;
            System.arraycopy(unsigned(w.getAffineX(), curve.fieldBytes()), 0, point, 1, curve.fieldBytes());
            System.arraycopy(
                    unsigned(w.getAffineY(), curve.fieldBytes()), 0, point, 1 + curve.fieldBytes(), curve.fieldBytes());
            return onCurve(curve, point, value);
        }
        byte[] value = random(curve.fieldBytes());
        return onCurve(curve, CurvePoints.ofPrivate(curve, value), value);
    }

    private static Pair onCurve(NamedCurve curve, byte[] point, byte[] value) {
        Attributes publicPart = Attributes.builder()
                .set(Attribute.EC_PARAMS, curve.ecParams())
                .set(Attribute.EC_POINT, CurvePoints.octetString(point))
                .build();
        return new Pair(publicPart, secretValue(value));
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
     * @param wanted its template
     * @param mechanism what it is generated with
     * @return its material
     * @throws TokenException if there are no such keys
     */
    public static Attributes secret(KeyType keyType, Attributes wanted, Mechanism mechanism) throws TokenException {
        int only = SecretKeys.onlyLength(keyType);
        long length = wanted.find(Attribute.VALUE_LEN).orElse((long) only);
        if (!SecretKeys.isLength(keyType, length)) {
            throw Failures.operation(
                    "CKR_KEY_SIZE_RANGE",
                    "the length of a " + keyType + " key in bytes is " + SecretKeys.lengths(keyType) + ", not "
                            + length);
        }
        byte[] value = mechanism.type().equals(Mechanism.PKCS5_PBKD2.type())
                ? PasswordDerivation.derive(mechanism, (int) length)
                : random((int) length);
        return secretValue(SecretKeys.withParity(keyType, value));
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
