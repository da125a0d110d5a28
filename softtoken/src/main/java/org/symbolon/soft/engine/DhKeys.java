package org.symbolon.soft.engine;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.pkcs.DHParameter;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.DHKeyPairGenerator;
import org.bouncycastle.crypto.params.DHKeyGenerationParameters;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.crypto.params.DHPrivateKeyParameters;
import org.bouncycastle.crypto.params.DHPublicKeyParameters;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;

/** Keys of Diffie-Hellman in a prime field (PKCS #3). */
final class DhKeys {
    /** The smallest prime, in bits. */
    static final int MIN_BITS = 2048;
    /** The largest prime, in bits. */
    static final int MAX_BITS = 8192;

    private static final SecureRandom RANDOM = new SecureRandom();

    private DhKeys() {}

    static KeyGeneration.Pair generate(Attributes publicKey, Attributes privateKey) throws TokenException {
        DHParameters domain = domain(publicKey, valueBits(privateKey));
        DHKeyPairGenerator generator = new DHKeyPairGenerator();
        generator.init(new DHKeyGenerationParameters(RANDOM, domain));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        BigInteger y = ((DHPublicKeyParameters) pair.getPublic()).getY();
        BigInteger x = ((DHPrivateKeyParameters) pair.getPrivate()).getX();
        Attributes publicPart = Attributes.builder()
                .set(Attribute.PRIME, publicKey.get(Attribute.PRIME))
                .set(Attribute.BASE, publicKey.get(Attribute.BASE))
                .set(Attribute.VALUE, Bytes.wrap(unsigned(y)))
                .build();
        Attributes secretPart = Attributes.builder()
                .set(Attribute.VALUE, SecretBytes.takeOver(unsigned(x)))
                .set(Attribute.VALUE_BITS, (long) x.bitLength())
                .build();
        return new KeyGeneration.Pair(publicPart, secretPart);
    }

    private static int valueBits(Attributes privateKey) throws TokenException {
        long bits = privateKey.find(Attribute.VALUE_BITS).orElse(0L);
        if (bits != 0 && (bits < 224 || bits > MAX_BITS)) {
            throw Failures.value("CKA_VALUE_BITS is 224 to " + MAX_BITS + ", not " + bits);
        }
        return (int) bits;
    }

    private static DHParameters domain(Attributes key, int valueBits) throws TokenException {
        BigInteger p = KeyEncoding.integer(key, Attribute.PRIME);
        BigInteger g = KeyEncoding.integer(key, Attribute.BASE);
        if (p.bitLength() < MIN_BITS || p.bitLength() > MAX_BITS) {
            throw Failures.operation(
                    "CKR_KEY_SIZE_RANGE",
                    "CKA_PRIME has " + MIN_BITS + " to " + MAX_BITS + " bits, not " + p.bitLength());
        }
        if (!p.testBit(0)
                || g.compareTo(BigInteger.TWO) < 0
                || g.compareTo(p.subtract(BigInteger.ONE)) >= 0
                || valueBits >= p.bitLength()) {
            throw Failures.value("CKA_PRIME and CKA_BASE make no group");
        }
        return new DHParameters(p, g, null, valueBits);
    }

    /** Returns a public key with its CKA_PUBLIC_KEY_INFO worked out. */
    static Bytes info(Attributes key, BigInteger y) throws TokenException {
        DHParameters domain = domain(key, 0);
        requireElement(y, domain.getP());
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(
                PKCSObjectIdentifiers.dhKeyAgreement, new DHParameter(domain.getP(), domain.getG(), 0));
        try {
            return Bytes.wrap(new SubjectPublicKeyInfo(algorithm, new ASN1Integer(y)).getEncoded());
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    /** Returns the public value of a private key. */
    static BigInteger publicValue(Attributes key) throws TokenException {
        BigInteger x = KeyEncoding.integer(key, Attribute.VALUE);
        DHParameters domain = domain(key, 0);
        if (x.compareTo(BigInteger.TWO) < 0 || x.compareTo(domain.getP()) >= 0) {
            throw Failures.value("CKA_VALUE is from 2 to the prime");
        }
        return domain.getG().modPow(x, domain.getP());
    }

    /** Returns the shared secret, as long as the prime. */
    static byte[] agree(Attributes key, BigInteger y) throws TokenException {
        BigInteger p = KeyEncoding.integer(key, Attribute.PRIME);
        if (y.compareTo(BigInteger.TWO) < 0 || y.compareTo(p.subtract(BigInteger.ONE)) >= 0) {
            throw Failures.parameter("the other party's public value is from 2 to the prime less 2");
        }
        BigInteger secret = y.modPow(KeyEncoding.integer(key, Attribute.VALUE), p);
        if (secret.compareTo(BigInteger.ONE) <= 0) {
            throw Failures.parameter("the other party's public value is of a small group");
        }
        return KeyGeneration.unsigned(secret, (p.bitLength() + 7) / 8);
    }

    private static void requireElement(BigInteger y, BigInteger p) throws TokenException {
        if (y.compareTo(BigInteger.TWO) < 0 || y.compareTo(p.subtract(BigInteger.ONE)) >= 0) {
            throw Failures.value("the public value is from 2 to the prime less 2");
        }
    }

    private static byte[] unsigned(BigInteger value) {
        return KeyGeneration.unsigned(value, (value.bitLength() + 7) / 8);
    }
}
