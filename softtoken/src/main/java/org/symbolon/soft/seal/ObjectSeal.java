package org.symbolon.soft.seal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;

/** Seals the attributes of an object into a record, and opens it. */
public final class ObjectSeal {
    private static final int BLOCK_BYTES = 64;

    private ObjectSeal() {}

    /**
     * Seals an object.
     *
     * @param keys the token's keys
     * @param token the token's uuid
     * @param header the record's fields but {@code clear} and {@code sealed}, which are ignored
     * @param clear the attributes to store in the clear
     * @param hidden the attributes to seal
     * @return the record
     */
    public static ObjectRecord seal(
            TokenKeys keys, UUID token, ObjectRecord header, Attributes clear, Attributes hidden) {
        Bytes clearBytes = clear.toBytes();
        ObjectRecord unsealed = with(header, clearBytes, Bytes.empty());
        byte[] padded = pad(hidden);
        byte[] key = keys.objectKey(header.uid(), header.version());
        try {
            return with(header, clearBytes, Bytes.wrap(Aead.seal(key, unsealed.associatedData(token), padded)));
        } finally {
            Arrays.fill(padded, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Returns a record's header.
     *
     * @param uid the object's uid
     * @param objectClass its class
     * @param isPrivate whether it is private
     * @param version its version
     * @param masterVersion the version of the token master key
     * @return the record, without content
     */
    public static ObjectRecord header(
            UUID uid, ObjectClass objectClass, boolean isPrivate, long version, long masterVersion) {
        long visibility = isPrivate ? ObjectRecord.PRIVATE : ObjectRecord.PUBLIC;
        return new ObjectRecord(uid, objectClass, visibility, version, masterVersion, Bytes.empty(), Bytes.empty());
    }

    private static ObjectRecord with(ObjectRecord header, Bytes clear, Bytes sealed) {
        return new ObjectRecord(
                header.uid(),
                header.objectClass(),
                header.visibility(),
                header.version(),
                header.masterVersion(),
                clear,
                sealed);
    }

    private static byte[] pad(Attributes hidden) {
        byte[] content = hidden.toBytes().sharedArray();
        int length = content.length == 0
                ? 0
                : (Integer.BYTES + content.length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        byte[] padded = new byte[length];
        if (length > 0) {
            ByteBuffer.wrap(padded).putInt(content.length).put(content);
            Arrays.fill(content, (byte) 0);
        }
        return padded;
    }

    /**
     * Opens a record.
     *
     * @param keys the token's keys
     * @param token the token's uuid
     * @param record the record
     * @return the sealed attributes; empty if the record is not what was sealed under these keys
     */
    public static Optional<Attributes> open(TokenKeys keys, UUID token, ObjectRecord record) {
        byte[] key = keys.objectKey(record.uid(), record.version());
        try {
            return Aead.open(key, record.associatedData(token), record.sealed().sharedArray())
                    .map(ObjectSeal::unpad);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Attributes unpad(byte[] padded) {
        if (padded.length == 0) {
            return Attributes.none();
        }
        int length = ByteBuffer.wrap(padded).getInt();
        byte[] content = Arrays.copyOfRange(padded, Integer.BYTES, Integer.BYTES + length);
        try {
            return Attributes.ofBytes(Bytes.wrap(content));
        } finally {
            Arrays.fill(padded, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }
}
