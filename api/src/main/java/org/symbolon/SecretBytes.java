package org.symbolon;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes that must not leak: key material.
 *
 * <p><b>Security guarantees.</b> The content is copied in, zeroed by {@link #close()}, compared in constant time and
 * never shown by {@link #toString()}. Copies handed out belong to the caller, who wipes them. Thread-safe, except that a
 * reader that races with {@code close()} may see zeroes or an {@link IllegalStateException}.
 */
public final class SecretBytes extends Bytes implements AutoCloseable {
    private volatile boolean closed;

    private SecretBytes(byte[] content) {
        super(content);
    }

    /**
     * Returns a holder of a copy of {@code content}.
     *
     * @param content any length; copied, the caller wipes its own array
     * @return the holder
     */
    public static SecretBytes copyOf(byte[] content) {
        return new SecretBytes(content.clone());
    }

    /**
     * Returns a holder of {@code content} itself.
     *
     * @param content any length; taken over: the caller does not use it again, {@link #close()} zeroes it
     * @return the holder
     */
    public static SecretBytes takeOver(byte[] content) {
        return new SecretBytes(content);
    }

    @Override
    byte[] content() {
        if (closed) {
            throw new IllegalStateException("these secret bytes were closed");
        }
        return content;
    }

    /** Zeroes the content. Idempotent; any other use afterwards is an {@link IllegalStateException}. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(content, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && MessageDigest.isEqual(content(), that.content());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content());
    }

    /** {@return the number of bytes and nothing of their content} */
    @Override
    public String toString() {
        return "SecretBytes[" + content.length + " bytes]";
    }
}
