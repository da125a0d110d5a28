package org.symbolon.soft.foreign;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;

/**
 * The master key of a SoftHSM 2 token, which encrypts the byte strings of its private objects (SoftHSM's {@code
 * data_mgr/SecureDataManager.cpp} and {@code RFC4880.cpp}).
 */
final class SoftHsmKey implements AutoCloseable {
    private static final int SALT_BYTES = 8;
    private static final int IV_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int BLOB_BYTES = SALT_BYTES + IV_BYTES + 48;
    private static final int BASE_ROUNDS = 1500;
    private static final byte[] MAGIC = {'R', 'J', 'R'};

    private final SecretBytes key;

    private SoftHsmKey(SecretBytes key) {
        this.key = key;
    }

    /** Returns the key that a PIN opens; empty if the PIN is wrong. */
    static Optional<SoftHsmKey> open(byte[] blob, Pin pin) throws ForeignFormatException {
        if (blob.length != BLOB_BYTES) {
            throw ForeignFormatException.malformed(
                    "token.object: the wrapped key has " + blob.length + " bytes, not " + BLOB_BYTES);
        }
        byte[] pinKey = stretch(Arrays.copyOf(blob, SALT_BYTES), pin);
        Optional<byte[]> opened = decrypt(pinKey, blob, SALT_BYTES);
        Arrays.fill(pinKey, (byte) 0);
        try {
            return opened.filter(content -> content.length == MAGIC.length + KEY_BYTES
                            && Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length))
                    .map(content -> new SoftHsmKey(
                            SecretBytes.takeOver(Arrays.copyOfRange(content, MAGIC.length, content.length))));
        } finally {
            opened.ifPresent(content -> Arrays.fill(content, (byte) 0));
        }
    }

    private static byte[] stretch(byte[] salt, Pin pin) {
        byte[] utf8 = pin.toUtf8();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            byte[] hash = digest.digest(utf8);
            int rounds = BASE_ROUNDS + (salt[SALT_BYTES - 1] & 0xFF);
            for (int i = 1; i < rounds; i++) {
                hash = digest.digest(hash);
            }
            return hash;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    /** Returns a private byte string in the clear, which the caller wipes; empty if it is not of this key. */
    Optional<byte[]> decrypt(byte[] encrypted) {
        return encrypted.length == 0 ? Optional.of(encrypted) : decrypt(key.sharedArray(), encrypted, 0);
    }

    private static Optional<byte[]> decrypt(byte[] key, byte[] encrypted, int ivAt) {
        int from = ivAt + IV_BYTES;
        if (encrypted.length <= from || (encrypted.length - from) % IV_BYTES != 0) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(encrypted, ivAt, IV_BYTES));
            return Optional.of(cipher.doFinal(encrypted, from, encrypted.length - from));
        } catch (BadPaddingException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has AES-CBC", e);
        }
    }

    /** Zeroes the key. Idempotent. */
    @Override
    public void close() {
        key.close();
    }
}
