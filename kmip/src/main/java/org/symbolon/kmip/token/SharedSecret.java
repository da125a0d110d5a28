package org.symbolon.kmip.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;

/** What PKCS #11 makes of the secret that two keys agree on (v3.2 section 6.3.17); KMIP gives the secret alone. */
final class SharedSecret {
    private SharedSecret() {}

    /** Returns the key of this length that the secret gives; 0 for all of it. The secret is wiped. */
    static byte[] key(byte[] secret, DerivationParameters.Ecdh ecdh, int bytes) throws TokenException {
        try {
            return ecdh.kdf() == DerivationParameters.CKD_NULL ? trailing(secret, bytes) : x963(secret, ecdh, bytes);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] trailing(byte[] secret, int bytes) throws TokenException {
        if (bytes > secret.length) {
            throw new TokenOperationException(
                    Status.ckr("CKR_KEY_SIZE_RANGE"),
                    "the two keys agree on " + secret.length + " bytes, not the " + bytes + " wanted");
        }
        return Arrays.copyOfRange(secret, bytes == 0 ? 0 : secret.length - bytes, secret.length);
    }

    /** The key derivation function of ANSI X9.63 (SEC 1 section 3.6.1). */
    private static byte[] x963(byte[] secret, DerivationParameters.Ecdh ecdh, int bytes) throws TokenException {
        if (bytes == 0) {
            throw Refusals.attribute("CKR_TEMPLATE_INCOMPLETE", "CKA_VALUE_LEN says how long the new key is");
        }
        HashAlgorithm hash =
                ecdh.hash().orElseThrow(() -> Refusals.mechanism("there is no key derivation function " + ecdh.kdf()));
        byte[] key = new byte[bytes];
        int done = 0;
        try {
            MessageDigest digest = MessageDigest.getInstance(hash.jcaName());
            for (int counter = 1; done < bytes; counter++) {
                digest.update(secret);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(counter).array());
                byte[] block = digest.digest(ecdh.sharedData().sharedArray());
                int part = Math.min(block.length, bytes - done);
                System.arraycopy(block, 0, key, done, part);
                Arrays.fill(block, (byte) 0);
                done += part;
            }
        } catch (NoSuchAlgorithmException e) {
            throw Refusals.mechanism("this JVM has no " + hash.jcaName() + ", which the key is derived by");
        }
        return key;
    }
}
