package org.symbolon.soft.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.symbolon.Bytes;

/** One encoding for each sequence of fields: a purpose, then each field with its length in four bytes before it. */
final class Canonical {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    private Canonical() {}

    /** Returns an encoding that begins with what it is for, so that none passes for one of another purpose. */
    static Canonical of(String purpose) {
        return new Canonical().add(purpose);
    }

    Canonical add(byte[] field) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        out.writeBytes(field);
        return this;
    }

    Canonical add(Bytes field) {
        return add(field.sharedArray());
    }

    Canonical add(String field) {
        return add(field.getBytes(StandardCharsets.UTF_8));
    }

    Canonical add(long field) {
        return add(ByteBuffer.allocate(Long.BYTES).putLong(field).array());
    }

    Canonical add(boolean field) {
        return add(new byte[] {(byte) (field ? 1 : 0)});
    }

    Canonical add(UUID field) {
        return add(bytes(field));
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    byte[] sha256() {
        return Sha256.digest(toBytes());
    }

    static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
