package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.util.Arrays;

/** Reads the data types of RFC 4251 section 5. Every length is checked against its bound and what is left, then allocated. */
final class SshReader {
    private final byte[] bytes;
    private final String what;
    private int position;

    /** Reads {@code bytes}, neither copied nor changed; {@code what} begins each error message. */
    SshReader(byte[] bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    long uint32(String field) throws SshFormatException {
        require(4, field);
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | (bytes[position++] & 0xff);
        }
        return value;
    }

    byte[] raw(String field, int length) throws SshFormatException {
        require(length, field);
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    byte[] string(String field, int maxBytes) throws SshFormatException {
        int start = position;
        long length = uint32(field);
        if (length > remaining()) {
            throw error(field + " says " + length + " bytes, " + remaining() + " are left", start);
        }
        if (length > maxBytes) {
            throw error(field + " has " + length + " bytes, at most " + maxBytes + " are allowed", start);
        }
        return raw(field, (int) length);
    }

    /** A string of printable ASCII, as all names in SSH are (RFC 4251 section 6). */
    String name(String field, int maxBytes) throws SshFormatException {
        int start = position;
        byte[] value = string(field, maxBytes);
        for (byte b : value) {
            if (b <= ' ' || b == 0x7f) {
                throw error(field + " is not a name of printable ASCII characters", start);
            }
        }
        if (value.length == 0) {
            throw error(field + " is empty", start);
        }
        return new String(value, US_ASCII);
    }

    /** An mpint that is positive and in its shortest form. */
    BigInteger positive(String field, int maxBits) throws SshFormatException {
        int start = position;
        byte[] value = string(field, maxBits / 8 + 1);
        try {
            if (value.length == 0) {
                throw error(field + " is zero", start);
            }
            if (value[0] < 0) {
                throw error(field + " is negative", start);
            }
            if (value[0] == 0 && (value.length == 1 || value[1] >= 0)) {
                throw error(field + " has needless leading zeros", start);
            }
            BigInteger number = new BigInteger(value);
            if (number.bitLength() > maxBits) {
                throw error(field + " has " + number.bitLength() + " bits, at most " + maxBits + " are allowed", start);
            }
            return number;
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    void end() throws SshFormatException {
        if (remaining() > 0) {
            throw error(remaining() + " bytes follow its end", position);
        }
    }

    SshFormatException error(String reason, int at) {
        return new SshFormatException(what + ": " + reason, at);
    }

    private void require(int count, String field) throws SshFormatException {
        if (count > remaining()) {
            throw error(field + " needs " + count + " bytes, " + remaining() + " are left", position);
        }
    }
}
