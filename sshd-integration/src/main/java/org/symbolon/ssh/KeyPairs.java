package org.symbolon.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** Makes the JDK's key pairs of private numbers, computes a missing public half, and tries that the halves fit. */
final class KeyPairs {
    private static final String WHAT = "private key";

    private KeyPairs() {}

    static KeyPair rsa(BigInteger n, BigInteger e, BigInteger d, BigInteger p, BigInteger q, BigInteger coefficient)
            throws SshFormatException {
        KeyBlob.checkRsa(n, e, "RSA private key");
        if (!p.multiply(q).equals(n) || p.equals(BigInteger.ONE) || q.equals(BigInteger.ONE)) {
            throw new SshFormatException("RSA private key: the modulus is not the product of its primes");
        }
        BigInteger dp = d.mod(p.subtract(BigInteger.ONE));
        BigInteger dq = d.mod(q.subtract(BigInteger.ONE));
        return fitting("SHA512withRSA", () -> {
            KeyFactory keys = KeyFactory.getInstance("RSA");
            PrivateKey secret = keys.generatePrivate(new RSAPrivateCrtKeySpec(n, e, d, p, q, dp, dq, coefficient));
            return new KeyPair(keys.generatePublic(new RSAPublicKeySpec(n, e)), secret);
        });
    }

    static KeyPair ec(EcCurve curve, BigInteger number, byte @Nullable [] point) throws SshFormatException {
        if (number.signum() <= 0 || number.compareTo(curve.parameters().getOrder()) >= 0) {
            throw new SshFormatException(
                    "EC private key: its number is not between 1 and the order of " + curve.sshName());
        }
        ECPoint known = point == null ? null : curve.decode(point, "EC private key");
        return fitting("SHA256withECDSA", () -> {
            KeyFactory keys = KeyFactory.getInstance("EC");
            PrivateKey secret = keys.generatePrivate(new ECPrivateKeySpec(number, curve.parameters()));
            PublicKey open = known == null ? publicHalf(secret, curve) : publicKey(known, curve);
            return new KeyPair(open, secret);
        });
    }

    static KeyPair ed25519(byte[] seed, byte @Nullable [] point) throws SshFormatException {
        if (seed.length != Ed25519.BYTES) {
            throw new SshFormatException("Ed25519 private key: " + seed.length + " bytes instead of 32");
        }
        KeyPair pair = fitting("Ed25519", () -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
            return generator.generateKeyPair();
        });
        byte[] computed = Ed25519.encode(((EdECPublicKey) pair.getPublic()).getPoint());
        if (point != null && !Arrays.equals(point, computed)) {
            throw new SshFormatException(WHAT + ": the public key in the file is not that of the private key");
        }
        return pair;
    }

    /**
     * The public point of a private number. The JDK has no call for it, but ECDH with the base point gives its x; which of
     * the two y it is, a signature tells.
     */
    private static PublicKey publicHalf(PrivateKey secret, EcCurve curve) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(secret);
        agreement.doPhase(publicKey(curve.parameters().getGenerator(), curve), true);
        ECPoint point = curve.lift(new BigInteger(1, agreement.generateSecret()));
        PublicKey guess = publicKey(point, curve);
        return fits("SHA256withECDSA", new KeyPair(guess, secret)) ? guess : publicKey(curve.negate(point), curve);
    }

    private static PublicKey publicKey(ECPoint point, EcCurve curve) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve.parameters()));
    }

    private static KeyPair fitting(String algorithm, Maker maker) throws SshFormatException {
        try {
            KeyPair pair = maker.make();
            if (fits(algorithm, pair)) {
                return pair;
            }
        } catch (GeneralSecurityException e) {
            throw new SshFormatException(WHAT + ": this Java's providers refuse it", e);
        }
        throw new SshFormatException(WHAT + ": its private and public halves do not belong together");
    }

    private static boolean fits(String algorithm, KeyPair pair) throws GeneralSecurityException {
        byte[] message = {'f', 'i', 't'};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(message);
        return signature.verify(signed);
    }

    @FunctionalInterface
    private interface Maker {
        KeyPair make() throws GeneralSecurityException;
    }

    /** "Random" bytes that are the seed: so the JDK's generator computes the public half of a given private key. */
    private static final class GivenBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient byte[] seed;

        GivenBytes(byte[] seed) {
            super(null, null);
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
