package org.symbolon.soft.archive;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.PublicKey;
import org.symbolon.Bytes;
import org.symbolon.soft.seal.Sha256;

/**
 * The key of a backup, wrapped for one recipient.
 *
 * @param fingerprint the SHA-256 of the recipient's SubjectPublicKeyInfo
 * @param wrapped the key, as {@link RecipientWrapping} wraps it
 */
record RecipientSlot(Bytes fingerprint, Bytes wrapped) {
    static final int MAX_RECIPIENTS = 64;

    private static final int MAX_WRAPPED_BYTES = 4096;

    static Bytes fingerprint(PublicKey key) {
        return Bytes.wrap(Sha256.digest(key.getEncoded()));
    }

    void write(DataOutputStream out) throws IOException {
        out.write(fingerprint.sharedArray());
        out.writeShort(wrapped.length());
        out.write(wrapped.sharedArray());
    }

    static RecipientSlot read(DataInputStream in) throws IOException {
        byte[] fingerprint = new byte[Sha256.BYTES];
        in.readFully(fingerprint);
        int length = in.readUnsignedShort();
        if (length > MAX_WRAPPED_BYTES) {
            throw new ArchiveFormatException("the backup's header has a key of " + length + " bytes for a recipient");
        }
        byte[] wrapped = new byte[length];
        in.readFully(wrapped);
        return new RecipientSlot(Bytes.wrap(fingerprint), Bytes.wrap(wrapped));
    }

    /** Returns the wrapped key for being read part by part. */
    DataInputStream parts() {
        return new DataInputStream(new ByteArrayInputStream(wrapped.toByteArray()));
    }
}
