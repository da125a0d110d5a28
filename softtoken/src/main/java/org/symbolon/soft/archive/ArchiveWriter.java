package org.symbolon.soft.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

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
     * @param lock what it is encrypted under
     * @param token what the backup says of its token
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if a recipient's key is none that it can be encrypted for
     */
    public ArchiveWriter(OutputStream out, ArchiveLock lock, ArchivedToken token) throws IOException {
        this.cipher = new ChunkCipher(ArchiveHeader.write(new DataOutputStream(out), lock));
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
