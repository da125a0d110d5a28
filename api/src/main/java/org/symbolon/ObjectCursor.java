package org.symbolon;

import java.util.List;

/**
 * The objects that a find matches, a few at a time, so that a token with a million objects can be walked without holding
 * them. Not thread-safe; close it when done.
 */
public interface ObjectCursor extends AutoCloseable {
    /**
     * Returns the next objects.
     *
     * @param max how many at most, at least 1
     * @return the objects; empty when there are no more
     * @throws TokenException if the token cannot tell
     * @throws IllegalStateException if its session was closed
     */
    List<TokenObject> next(int max) throws TokenException;

    /** Ends the find. Idempotent. */
    @Override
    void close();

    /**
     * Returns a cursor over objects that are already here.
     *
     * @param objects the objects
     * @return the cursor
     */
    static ObjectCursor of(List<? extends TokenObject> objects) {
        return new ListCursor(List.copyOf(objects));
    }
}
