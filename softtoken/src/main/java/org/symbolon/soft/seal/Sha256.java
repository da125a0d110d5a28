package org.symbolon.soft.seal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and what is made of it: HMAC and the expansion step of HKDF (RFC 5869). */
public final class Sha256 {
    /** The length of a digest. */
    public static final int BYTES = 32;

    private Sha256() {}

    /**
     * Returns a digest.
     *
     * @param parts what is digested, one after the other
     * @return the digest
     */
    public static byte[] digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns an HMAC.
     *
     * @param key the key, at least one byte
     * @param parts what is authenticated, one after the other
     * @return 32 bytes
     */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }

    /**
     * Returns 32 bytes of HKDF-Expand: its first block.
     *
     * @param pseudoRandomKey the key
     * @param info what the result is for
     * @return the bytes
     */
    public static byte[] expand(byte[] pseudoRandomKey, byte[] info) {
        return hmac(pseudoRandomKey, info, new byte[] {1});
    }
}
