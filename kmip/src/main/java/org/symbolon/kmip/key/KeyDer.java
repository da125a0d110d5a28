package org.symbolon.kmip.key;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import org.symbolon.InvalidAttributeException;
import org.symbolon.Status;

/** The DER of keys and signatures (X.690): values that are written, and a reader that goes from one to the next. */
public final class KeyDer {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int SEQUENCE = 0x30;
    public static final int CONTEXT_0 = 0xA0;
    public static final int CONTEXT_1 = 0xA1;

    private static final int LONG_FORM = 0x80;
    private static final int MAX_LENGTH_BYTES = 3;

    private final byte[] der;
    private final int end;
    private int position;

    private KeyDer(byte[] der, int position, int end) {
        this.der = der;
        this.position = position;
        this.end = end;
    }

    /** Reads values one after the other. */
    public static KeyDer reader(byte[] der) {
        return new KeyDer(der, 0, der.length);
    }

    public static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, parts);
    }

    public static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    public static byte[] value(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length < LONG_FORM) {
            out.write(length);
        } else {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int from = bytes[0] == 0 ? 1 : 0;
            out.write(LONG_FORM | (bytes.length - from));
            out.write(bytes, from, bytes.length - from);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public boolean hasMore() {
        return position < end;
    }

    /** Returns whether the next value has this tag. */
    public boolean isNext(int tag) {
        return hasMore() && (der[position] & 0xFF) == tag;
    }

    /** Goes into the next value. */
    public KeyDer into(int tag) throws InvalidAttributeException {
        int length = header(tag);
        KeyDer inner = new KeyDer(der, position, position + length);
        position += length;
        return inner;
    }

    /** Returns the content of the next value. */
    public byte[] content(int tag) throws InvalidAttributeException {
        int length = header(tag);
        byte[] content = Arrays.copyOfRange(der, position, position + length);
        position += length;
        return content;
    }

    /** Returns the next value with its header. */
    public byte[] whole(int tag) throws InvalidAttributeException {
        int from = position;
        int length = header(tag);
        position += length;
        return Arrays.copyOfRange(der, from, position);
    }

    public BigInteger number() throws InvalidAttributeException {
        byte[] content = content(INTEGER);
        if (content.length == 0) {
            throw malformed();
        }
        return new BigInteger(content);
    }

    /** Returns the content of a BIT STRING of whole bytes. */
    public byte[] bits() throws InvalidAttributeException {
        byte[] content = content(BIT_STRING);
        if (content.length == 0 || content[0] != 0) {
            throw malformed();
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }

    private int header(int tag) throws InvalidAttributeException {
        if (!isNext(tag) || position + 2 > end) {
            throw malformed();
        }
        int length = der[position + 1] & 0xFF;
        position += 2;
        if (length >= LONG_FORM) {
            int bytes = length & (LONG_FORM - 1);
            if (bytes == 0 || bytes > MAX_LENGTH_BYTES || bytes > end - position) {
                throw malformed();
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << Byte.SIZE) | (der[position++] & 0xFF);
            }
        }
        if (length > end - position) {
            throw malformed();
        }
        return length;
    }

    private static InvalidAttributeException malformed() {
        return new InvalidAttributeException(
                Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), "the value is not the DER encoding that its format names");
    }
}
