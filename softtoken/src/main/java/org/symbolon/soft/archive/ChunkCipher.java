package org.symbolon.soft.archive;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.SecretBytes;

/** Seals and opens the chunks of one file, each bound to its number and to whether it is the last. */
final class ChunkCipher implements AutoCloseable {
    static final int CHUNK_BYTES = 65_536;
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;

    private final SecretBytes key;

    /** Takes over the key. */
    ChunkCipher(SecretBytes key) {
        this.key = key;
    }

    byte[] seal(long number, boolean last, byte[] content, int length) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, number, last).doFinal(content, 0, length);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has AES-GCM", e);
        }
    }

    /** Returns the content, which the caller wipes; empty if it is not the chunk of this number. */
    Optional<byte[]> open(long number, boolean last, byte[] sealed, int length) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, number, last).doFinal(sealed, 0, length));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, long number, boolean last) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .put(new byte[3])
                .putLong(number)
                .put((byte) (last ? 1 : 0))
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.sharedArray(), "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        return cipher;
    }

    /** Zeroes the key. Idempotent. */
    @Override
    public void close() {
        key.close();
    }
}
