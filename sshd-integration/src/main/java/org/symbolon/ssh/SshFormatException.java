package org.symbolon.ssh;

import java.security.GeneralSecurityException;

/**
 * Says that bytes or text from outside are not the SSH key, signature, line or file that they should be.
 *
 * <p>The message names the thing, the field and the reason. It never holds key material; it may hold names, lengths and
 * numbers read from the input.
 */
public final class SshFormatException extends GeneralSecurityException {
    /** The position of an error that belongs to the whole input. */
    public static final int NO_POSITION = -1;

    private static final long serialVersionUID = 1L;

    private final int position;

    /**
     * An error at a place.
     *
     * @param message what is wrong
     * @param position the offset in the input at which it was found, in bytes (text: characters), or {@link #NO_POSITION}
     */
    public SshFormatException(String message, int position) {
        super(position == NO_POSITION ? message : message + " (at " + position + ")");
        this.position = position;
    }

    /**
     * An error of the whole input.
     *
     * @param message what is wrong
     */
    public SshFormatException(String message) {
        this(message, NO_POSITION);
    }

    /**
     * An error of the whole input that something else found.
     *
     * @param message what is wrong
     * @param cause who found it
     */
    public SshFormatException(String message, Throwable cause) {
        super(message, cause);
        this.position = NO_POSITION;
    }

    /**
     * The offset in the input at which the error was found.
     *
     * @return bytes, or characters of a text, or {@link #NO_POSITION}
     */
    public int position() {
        return position;
    }
}
