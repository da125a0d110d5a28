package org.symbolon.ssh;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER (X.690 section 10) as strictly as keys and signatures need it: definite, shortest lengths, nothing left over.
 *
 * <p>Each method takes the name of the element for the message of its error, and leaves the position after the element. For
 * one thread at a time.
 */
public final class DerReader {
    /** The tag of INTEGER. */
    public static final int INTEGER = 0x02;
    /** The tag of BIT STRING. */
    public static final int BIT_STRING = 0x03;
    /** The tag of OCTET STRING. */
    public static final int OCTET_STRING = 0x04;

    static final int NULL = 0x05;
    /** The tag of OBJECT IDENTIFIER. */
    public static final int OBJECT_IDENTIFIER = 0x06;
    /** The tag of SEQUENCE. */
    public static final int SEQUENCE = 0x30;
    /** The tag of a constructed field [0]. */
    public static final int CONTEXT_0 = 0xa0;
    /** The tag of a constructed field [1]. */
    public static final int CONTEXT_1 = 0xa1;

    private final byte[] bytes;
    private final int end;
    private final String what;
    private int position;

    /**
     * Begins at the first element.
     *
     * @param bytes the bytes, neither copied nor changed
     * @param what what they should be; it begins each error message
     */
    public DerReader(byte[] bytes, String what) {
        this(bytes, 0, bytes.length, what);
    }

    private DerReader(byte[] bytes, int position, int end, String what) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
        this.what = what;
    }

    /**
     * Whether nothing is left.
     *
     * @return true at the end of the bytes, or of the element that was entered
     */
    public boolean atEnd() {
        return position == end;
    }

    /**
     * Whether an element with this tag comes next.
     *
     * @param tag the tag
     * @return false at the end, too
     */
    public boolean next(int tag) {
        return position < end && (bytes[position] & 0xff) == tag;
    }

    /**
     * Goes into a constructed element; this reader stands after it.
     *
     * @param tag the tag that must come next
     * @param field its name
     * @return a reader of what the element holds
     * @throws SshFormatException if another element comes next, or its length is malformed or too great
     */
    public DerReader enter(int tag, String field) throws SshFormatException {
        int length = header(tag, field);
        DerReader inner = new DerReader(bytes, position, position + length, what);
        position += length;
        return inner;
    }

    /**
     * The content of an element.
     *
     * @param tag the tag that must come next
     * @param field its name
     * @return the bytes, a new array
     * @throws SshFormatException if another element comes next, or its length is malformed or too great
     */
    public byte[] content(int tag, String field) throws SshFormatException {
        int length = header(tag, field);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /**
     * Passes one element, whatever its tag is.
     *
     * @param field its name
     * @return its tag
     * @throws SshFormatException if there is none, or its length is malformed or too great
     */
    public int skip(String field) throws SshFormatException {
        if (atEnd()) {
            throw error(field + " is missing", position);
        }
        int tag = bytes[position] & 0xff;
        int length = header(tag, field);
        position += length;
        return tag;
    }

    /**
     * The content of a bit string of whole bytes.
     *
     * @param field its name
     * @return the bytes, a new array
     * @throws SshFormatException if another element comes next, or it is malformed
     */
    public byte[] bits(String field) throws SshFormatException {
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

    /**
     * An object identifier.
     *
     * @param field its name
     * @return the dotted form
     * @throws SshFormatException if another element comes next, or it is malformed or longer than 32 bytes
     */
    public String oid(String field) throws SshFormatException {
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

    /**
     * Checks that nothing is left.
     *
     * @throws SshFormatException if something follows
     */
    public void end() throws SshFormatException {
        if (!atEnd()) {
            throw error(end - position + " bytes follow its end", position);
        }
    }

    /**
     * Makes an error of what is read.
     *
     * @param reason what is wrong
     * @param at the offset
     * @return the error, to be thrown
     */
    public SshFormatException error(String reason, int at) {
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
