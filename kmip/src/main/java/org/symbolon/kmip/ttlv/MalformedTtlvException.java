package org.symbolon.kmip.ttlv;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a peer sent is no KMIP message. The message names tags, types, lengths and offsets, and never holds a value. */
public final class MalformedTtlvException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Ttlv item;

    /**
     * Makes one.
     *
     * @param message what is wrong, and where
     */
    public MalformedTtlvException(String message) {
        this(message, (Throwable) null);
    }

    /**
     * Makes one about an item that could be decoded and is not what belongs there.
     *
     * @param message what is wrong
     * @param item the item, or the one in which something is missing
     */
    public MalformedTtlvException(String message, Ttlv item) {
        super(message);
        this.item = item;
    }

    /**
     * Makes one.
     *
     * @param message what is wrong, and where
     * @param cause what found it
     */
    public MalformedTtlvException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.item = null;
    }

    /** {@return the item that this is about; empty if the message says its offset} */
    public Optional<Ttlv> item() {
        return Optional.ofNullable(item);
    }
}
