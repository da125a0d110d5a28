package org.symbolon.ssh;

import java.math.BigInteger;
import java.util.Arrays;

/** Reads DER (X.690 section 10) as strictly as keys and signatures need it: definite, shortest lengths, nothing left over. */
final class DerReader {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xa0;
    static final int CONTEXT_1 = 0xa1;

    private final byte[] bytes;
    private final int end;
    private final String what;
    private int position;

    /** Reads {@code bytes}, neither copied nor changed; {@code what} begins each error message. */
    DerReader(byte[] bytes, String what) {
        this(bytes, 0, bytes.length, what);
    }

    private DerReader(byte[] bytes, int position, int end, String what) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
        this.what = what;
    }

    boolean atEnd() {
        return position == end;
    }

    /** Whether an element with this tag comes next. */
    boolean next(int tag) {
        return position < end && (bytes[position] & 0xff) == tag;
    }

    /** Goes into a constructed element; this reader stands after it. */
    DerReader enter(int tag, String field) throws SshFormatException {
        int length = header(tag, field);
        DerReader inner = new DerReader(bytes, position, position + length, what);
        position += length;
        return inner;
    }

    /** The content of a primitive element, a new array. */
    byte[] content(int tag, String field) throws SshFormatException {
        int length = header(tag, field);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /** The content of a bit string of whole bytes. */
    byte[] bits(String field) throws SshFormatException {
        return bits(BIT_STRING, field);
    }

    /** The content of a bit string of whole bytes under another tag. */
    byte[] bits(int tag, String field) throws SshFormatException {
        int start = position;
        byte[] content = content(tag, field);
        if (content.length == 0 || content[0] != 0) {
            throw error(field + " is not a bit string of whole bytes", start);
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }

    /** An integer above zero. */
    BigInteger positive(String field, int maxBits) throws SshFormatException {
        int start = position;
        byte[] content = content(INTEGER, field);
        try {
            boolean padded = content.length > 1 && content[0] == 0 && content[1] >= 0;
            if (content.length == 0 || content[0] < 0 || padded || (content.length == 1 && content[0] == 0)) {
                throw error(field + " is not a positive number in its shortest form", start);
            }
            BigInteger number = content.length > maxBits / 8 + 1 ? null : new BigInteger(content);
            if (number == null || number.bitLength() > maxBits) {
                throw error(field + " has more than " + maxBits + " bits", start);
            }
            return number;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** A version number, 0 to 127. */
    int version() throws SshFormatException {
        int start = position;
        byte[] content = content(INTEGER, "version");
        if (content.length != 1 || content[0] < 0) {
            throw error("version is not a small number", start);
        }
        return content[0];
    }

    /** An object identifier in dotted form. */
    String oid(String field) throws SshFormatException {
        int start = position;
        byte[] content = content(OBJECT_IDENTIFIER, field);
        if (content.length == 0 || content.length > 32 || content[content.length - 1] < 0) {
            throw error(field + " is not an object identifier", start);
        }
        StringBuilder dotted = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (byte b : content) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(b & 0x7f));
            if (b >= 0) {
                dotted.append(dotted.length() == 0 ? firstArcs(arc) : "." + arc);
                arc = BigInteger.ZERO;
            }
        }
        return dotted.toString();
    }

    void end() throws SshFormatException {
        if (!atEnd()) {
            throw error(end - position + " bytes follow its end", position);
        }
    }

    SshFormatException error(String reason, int at) {
        return new SshFormatException(what + ": " + reason, at);
    }

    private static String firstArcs(BigInteger both) {
        int first = Math.min(
                2, both.divide(BigInteger.valueOf(40)).min(BigInteger.TWO).intValue());
        return first + "." + both.subtract(BigInteger.valueOf(40L * first));
    }

    private int header(int tag, String field) throws SshFormatException {
        int start = position;
        if (end - position < 2) {
            throw error(field + " is missing", start);
        }
        if ((bytes[position] & 0xff) != tag) {
            throw error(
                    String.format("%s has tag 0x%02x instead of 0x%02x", field, bytes[position] & 0xff, tag), start);
        }
        position++;
        int length = length(field, start);
        if (length > end - position) {
            throw error(field + " says " + length + " bytes, " + (end - position) + " are left", start);
        }
        return length;
    }

    private int length(String field, int start) throws SshFormatException {
        int first = bytes[position++] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7f;
        if (count == 0 || count > 3 || count > end - position) {
            throw error(field + " has an indefinite or absurd length", start);
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | (bytes[position++] & 0xff);
        }
        if (length < 0x80 || length >>> (8 * (count - 1)) == 0) {
            throw error(field + " has a length not in its shortest form", start);
        }
        return length;
    }
}
