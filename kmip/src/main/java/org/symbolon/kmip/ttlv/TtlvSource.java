package org.symbolon.kmip.ttlv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;

/**
 * Whole items in their binary encoding, and the secrets that were read from them or written to them, so that all can be wiped
 * together. Thread-safe.
 */
final class TtlvSource {
    /** The bytes of tag, type and length. */
    static final int HEADER_BYTES = 8;

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int ALIGNMENT = 8;
    private static final int TYPE_OFFSET = 3;
    private static final int LENGTH_OFFSET = 4;

    final byte[] bytes;
    final int length;
    private @Nullable Held held;

    /** One of what is wiped with the bytes: a secret or another source. */
    private record Held(
            @Nullable SecretBytes secret,
            @Nullable TtlvSource part,
            @Nullable Held before) {}

    TtlvSource(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static int padding(long length) {
        return (int) (-length & (ALIGNMENT - 1));
    }

    int tagCode(int at) {
        return (int) INT.get(bytes, at) >>> Byte.SIZE;
    }

    int typeCode(int at) {
        return bytes[at + TYPE_OFFSET];
    }

    int valueLength(int at) {
        return (int) INT.get(bytes, at + LENGTH_OFFSET);
    }

    /** {@return where the item after the one at a place begins} */
    int after(int at) {
        int valueLength = valueLength(at);
        return at + HEADER_BYTES + valueLength + padding(valueLength);
    }

    /** {@return a copy of a value: a secret one if the tag asks for it} */
    Bytes copy(int tagCode, int at, int valueLength) {
        byte[] copy = Arrays.copyOfRange(bytes, at, at + valueLength);
        if (!SecretTags.contains(tagCode)) {
            return Bytes.wrap(copy);
        }
        SecretBytes secret = SecretBytes.takeOver(copy);
        add(secret);
        return secret;
    }

    /** Has a secret wiped with the rest. */
    synchronized void add(SecretBytes secret) {
        held = new Held(secret, null, held);
    }

    /** {@return a copy of an item, wiped with the rest if its tag says that it is secret} */
    TtlvSource detached(int at) {
        byte[] copy = Arrays.copyOfRange(bytes, at, after(at));
        TtlvSource detached = new TtlvSource(copy, copy.length);
        if (SecretTags.contains(tagCode(at))) {
            synchronized (this) {
                held = new Held(null, detached, held);
            }
        }
        return detached;
    }

    /** Wipes the bytes, and what was read from them. */
    synchronized void wipe() {
        release();
        for (Held each = held; each != null; each = each.before) {
            if (each.secret != null) {
                each.secret.close();
            }
            if (each.part != null) {
                each.part.wipe();
            }
        }
    }

    /** Wipes the bytes, and not what was read from them. */
    void release() {
        Arrays.fill(bytes, 0, length, (byte) 0);
    }

    /** {@return the tags from the root to the item at a place, and the place} */
    String place(int wanted) {
        StringJoiner path = new StringJoiner("/").setEmptyValue("the message");
        int at = 0;
        int end = length;
        while (at + HEADER_BYTES <= end && at <= wanted) {
            int next = at == wanted ? end : after(at);
            if (wanted >= next) {
                at = next;
                continue;
            }
            path.add(Tag.of(tagCode(at)).toString());
            end = next;
            at += HEADER_BYTES;
        }
        return path + " at offset " + wanted;
    }
}
