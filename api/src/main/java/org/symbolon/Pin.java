package org.symbolon;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A PIN: the UTF-8 text by which a user or a security officer logs in.
 *
 * <p><b>Security guarantees.</b> Copied in, never a {@code String}, zeroed by {@link #close()}, redacted in
 * {@link #toString()}, compared in constant time. Thread-safe.
 */
public final class Pin implements AutoCloseable {
    /** The longest PIN that is taken, in bytes of its UTF-8 encoding: {@value}. */
    public static final int MAX_BYTES = 255;

    private static final int MAX_BYTES_PER_CHAR = 3;

    private final byte[] utf8;
    private volatile boolean closed;

    private Pin(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            int length = utf8.length;
            Arrays.fill(utf8, (byte) 0);
            throw new IllegalArgumentException("a PIN has at most " + MAX_BYTES + " bytes, this one " + length);
        }
        this.utf8 = utf8;
    }

    /**
     * Returns the PIN with these characters.
     *
     * @param pin 0 to {@value #MAX_BYTES} bytes in UTF-8; copied, the caller wipes its own array
     * @return the PIN
     * @throws IllegalArgumentException if it is longer
     */
    public static Pin of(char... pin) {
        byte[] buffer = new byte[pin.length * MAX_BYTES_PER_CHAR];
        ByteBuffer encoded = ByteBuffer.wrap(buffer);
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        CoderResult result = encoder.encode(CharBuffer.wrap(pin), encoded, true);
        byte[] utf8 = Arrays.copyOf(buffer, encoded.position());
        Arrays.fill(buffer, (byte) 0);
        if (result.isError()) {
            Arrays.fill(utf8, (byte) 0);
            throw new IllegalArgumentException("a PIN is text; this one has a lone surrogate");
        }
        return new Pin(utf8);
    }

    /**
     * Returns the PIN with these bytes, which are UTF-8 in a token that obeys PKCS #11.
     *
     * @param utf8 0 to {@value #MAX_BYTES} bytes; copied, the caller wipes its own array
     * @return the PIN
     * @throws IllegalArgumentException if it is longer
     */
    public static Pin ofUtf8(byte... utf8) {
        return new Pin(utf8.clone());
    }

    /** {@return another holder of the same PIN, with a life of its own} */
    public Pin copy() {
        return ofUtf8(open());
    }

    /** {@return the length of the PIN in bytes of its UTF-8 encoding} */
    public int lengthInBytes() {
        return open().length;
    }

    /**
     * Returns the PIN's bytes.
     *
     * @return a new array, which the caller zeroes after use
     */
    public byte[] toUtf8() {
        return open().clone();
    }

    /**
     * Returns the PIN's characters; bytes that are no UTF-8 become U+FFFD.
     *
     * @return a new array, which the caller zeroes after use
     */
    public char[] toChars() {
        byte[] bytes = open();
        char[] buffer = new char[bytes.length];
        CharBuffer decoded = CharBuffer.wrap(buffer);
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .decode(ByteBuffer.wrap(bytes), decoded, true);
        char[] chars = Arrays.copyOf(buffer, decoded.position());
        Arrays.fill(buffer, '\0');
        return chars;
    }

    private byte[] open() {
        if (closed) {
            throw new IllegalStateException("this PIN was closed");
        }
        return utf8;
    }

    /** Zeroes the PIN. Idempotent; any other use afterwards is an {@link IllegalStateException}. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(utf8, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pin that && MessageDigest.isEqual(open(), that.open());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(open());
    }

    /** {@return the word PIN and nothing of it, not even its length} */
    @Override
    public String toString() {
        return "Pin[redacted]";
    }
}
