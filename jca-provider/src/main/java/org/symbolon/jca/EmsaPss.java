package org.symbolon.jca;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.SecureRandom;
import org.symbolon.HashAlgorithm;
import org.symbolon.MechanismParameters;

/** The encoding of PSS (RFC 8017 section 9.1.1), for tokens that have RSA without padding and no PSS of their own. */
final class EmsaPss {
    private static final SecureRandom SALTS = new SecureRandom();
    private static final byte[] EIGHT_ZEROES = new byte[8];
    private static final byte TRAILER = (byte) 0xBC;

    private EmsaPss() {}

    /**
     * Returns what RSA without padding signs, as long as the modulus.
     *
     * @param digest the message's digest
     * @param parameters hash, mask and salt, which fit the modulus
     */
    static byte[] encode(byte[] digest, MechanismParameters.Pss parameters, BigInteger modulus) {
        byte[] salt = new byte[parameters.saltBytes()];
        SALTS.nextBytes(salt);
        int bits = modulus.bitLength() - 1;
        int length = (bits + 7) / 8;
        byte[] block = new byte[(modulus.bitLength() + 7) / 8];
        int start = block.length - length;
        int maskedBytes = length - digest.length - 1;
        MessageDigest hash = hash(parameters.hash());
        hash.update(EIGHT_ZEROES);
        hash.update(digest);
        byte[] h = hash.digest(salt);
        block[start + maskedBytes - salt.length - 1] = 1;
        System.arraycopy(salt, 0, block, start + maskedBytes - salt.length, salt.length);
        Mgf1.mask(block, start, maskedBytes, h, hash(parameters.mgfHash()));
        block[start] &= (byte) (0xFF >>> (8 * length - bits));
        System.arraycopy(h, 0, block, start + maskedBytes, h.length);
        block[block.length - 1] = TRAILER;
        return block;
    }

    private static MessageDigest hash(HashAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException("no installed provider has MessageDigest " + algorithm.jcaName(), e);
        }
    }
}
