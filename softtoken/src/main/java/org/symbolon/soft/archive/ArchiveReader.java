package org.symbolon.soft.archive;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;

/**
 * Reads a backup. What {@link #next} returned is authentic; that nothing is missing is known only when it has returned
 * empty. Not thread-safe.
 */
public final class ArchiveReader implements AutoCloseable {
    private final ChunkCipher cipher;
    private final ChunkInput chunks;
    private final DataInputStream records;
    private @Nullable ArchivedToken token;
    private long objects;

    private ArchiveReader(InputStream in, ArchiveHeader.Opened header) {
        this.cipher = new ChunkCipher(header.chunkKey());
        this.chunks = new ChunkInput(in, cipher, header.lengthBytes());
        this.records = new DataInputStream(chunks);
    }

    /**
     * Opens a backup.
     *
     * @param in the file; not closed by this
     * @param key what it is read with
     * @return the reader
     * @throws ArchiveFormatException if it is no backup, is damaged, or the key is not one of it
     * @throws IOException if it cannot be read
     */
    public static ArchiveReader open(InputStream in, ArchiveKey key) throws IOException {
        ArchiveReader reader = new ArchiveReader(in, ArchiveHeader.read(new DataInputStream(in), key));
        boolean open = false;
        try {
            reader.token = reader.readToken();
            open = true;
            return reader;
        } finally {
            if (!open) {
                reader.close();
            }
        }
    }

    private ArchivedToken readToken() throws IOException {
        try {
            byte[] content = record(RecordKind.TOKEN, records.readUnsignedByte());
            return ArchivedToken.read(new DataInputStream(new ByteArrayInputStream(content)));
        } catch (EOFException | IllegalArgumentException e) {
            throw malformed("its first record describes no token");
        }
    }

    /** {@return what the backup says of its token} */
    public ArchivedToken token() {
        return Objects.requireNonNull(token);
    }

    /**
     * Returns the next object.
     *
     * @return the object, whose secret values the caller wipes; empty after the last one, if nothing is missing
     * @throws ArchiveFormatException if the file is damaged
     * @throws IOException if it cannot be read
     */
    public Optional<ArchivedObject> next() throws IOException {
        try {
            int kind = records.readUnsignedByte();
            if (kind == RecordKind.END.code()) {
                end(record(RecordKind.END, kind));
                return Optional.empty();
            }
            return Optional.of(object(record(RecordKind.OBJECT, kind)));
        } catch (EOFException e) {
            throw malformed("it has no end record");
        }
    }

    private byte[] record(RecordKind expected, int kind) throws IOException {
        int length = records.readInt();
        if (kind != expected.code() || length < 0 || length > RecordKind.MAX_BYTES) {
            throw malformed("a record of kind " + kind + " and " + length + " bytes stands where one of kind "
                    + expected.code() + " was expected, after " + objects + " objects");
        }
        byte[] content = records.readNBytes(length);
        if (content.length < length) {
            throw malformed("it ends within a record");
        }
        return content;
    }

    private ArchivedObject object(byte[] content) throws IOException {
        objects++;
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        UUID uid = new UUID(in.readLong(), in.readLong());
        long version = in.readLong();
        byte[] encoded = Arrays.copyOfRange(content, RecordKind.OBJECT_HEADER_BYTES, content.length);
        try {
            Attributes attributes = Attributes.ofBytes(Bytes.wrap(encoded));
            boolean whole = attributes.find(Attribute.UNIQUE_ID).equals(Optional.of(uid.toString()))
                    && attributes.has(Attribute.CLASS)
                    && attributes.isTrue(Attribute.TOKEN)
                    && version > 0
                    && version <= ArchivedObject.MAX_VERSION;
            if (!whole) {
                throw malformed("object " + objects + " is no object of a token");
            }
            return new ArchivedObject(uid, version, attributes);
        } catch (IllegalArgumentException e) {
            throw malformed("the attributes of object " + objects + " are malformed");
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    private void end(byte[] content) throws IOException {
        long count = new DataInputStream(new ByteArrayInputStream(content)).readLong();
        if (count != objects) {
            throw malformed("it has " + objects + " objects and says " + count);
        }
        if (records.read() >= 0) {
            throw malformed("something follows its end record");
        }
    }

    private static ArchiveFormatException malformed(String detail) {
        return new ArchiveFormatException("the backup is malformed: " + detail);
    }

    /** Zeroes the key and the buffer. Idempotent. */
    @Override
    public void close() {
        chunks.close();
        cipher.close();
    }
}
