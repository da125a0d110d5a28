package org.symbolon.kmip;

import java.io.IOException;
import java.util.List;

/**
 * The cause of a {@link org.symbolon.TokenUnavailableException} of a call that may have been done: its answer was lost, and what
 * became of it could not be found out. Without this cause, nothing was done.
 */
public final class MaybeDoneException extends IOException {
    private static final long serialVersionUID = 1;

    /** The names by which what was made can be looked for. */
    private final List<String> names;

    MaybeDoneException(String message, List<String> names, Throwable cause) {
        super(message, cause);
        this.names = List.copyOf(names);
    }

    /**
     * Returns the names by which what was made, if it was, can be looked for.
     *
     * @return the names that the request had; empty if it had none
     */
    public List<String> names() {
        return names;
    }
}
