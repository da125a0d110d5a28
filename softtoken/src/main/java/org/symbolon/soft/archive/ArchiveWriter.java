package org.symbolon.soft.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.soft.seal.Argon2id;

/** Writes a backup: the token, each object, and {@link #finish}. Not thread-safe. */
public final class ArchiveWriter implements AutoCloseable {
    private final ChunkCipher cipher;
    private final ChunkOutput chunks;
    private final DataOutputStream records;
    private long objects;

    /**
     * Begins a backup.
     *
     * @param out where it goes; not closed by this
     * @param kdf how the passphrase becomes a key
     * @param passphrase the passphrase
     * @param token what the backup says of its token
     * @throws IOException if it cannot be written
     */
    public ArchiveWriter(OutputStream out, Argon2id kdf, Pin passphrase, ArchivedToken token) throws IOException {
        byte[] salt = new byte[ArchiveHeader.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        this.cipher =
                new ChunkCipher(new ArchiveHeader(kdf, Bytes.wrap(salt)).write(new DataOutputStream(out), passphrase));
        this.chunks = new ChunkOutput(out, cipher);
        this.records = new DataOutputStream(chunks);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        token.write(new DataOutputStream(content));
        write(RecordKind.TOKEN, content.toByteArray());
    }

    /**
     * Writes an object.
     *
     * @param object the object; stays the caller's to wipe
     * @throws IOException if it cannot be written
     */
    public void write(ArchivedObject object) throws IOException {
        byte[] attributes = object.attributes().toBytes().sharedArray();
        try {
            records.writeByte(RecordKind.OBJECT.code());
            records.writeInt(RecordKind.OBJECT_HEADER_BYTES + attributes.length);
            records.writeLong(object.uid().getMostSignificantBits());
            records.writeLong(object.uid().getLeastSignificantBits());
            records.writeLong(object.version());
            records.write(attributes);
            objects++;
        } finally {
            Arrays.fill(attributes, (byte) 0);
        }
    }

    /**
     * Ends the backup. A file without this end is refused.
     *
     * @throws IOException if it cannot be written
     */
    public void finish() throws IOException {
        ByteArrayOutputStream count = new ByteArrayOutputStream();
        new DataOutputStream(count).writeLong(objects);
        write(RecordKind.END, count.toByteArray());
        chunks.finish();
    }

    private void write(RecordKind kind, byte[] content) throws IOException {
        records.writeByte(kind.code());
        records.writeInt(content.length);
        records.write(content);
    }

    /** Zeroes the key and the buffer. Idempotent. */
    @Override
    public void close() {
        chunks.close();
        cipher.close();
    }
}
