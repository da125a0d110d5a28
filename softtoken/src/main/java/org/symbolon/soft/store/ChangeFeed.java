package org.symbolon.soft.store;

import java.util.Set;

/** Tells which tokens other processes changed. Used by one thread. */
public interface ChangeFeed extends AutoCloseable {
    /**
     * What others changed.
     *
     * @param everything whether it may be anything
     * @param slots the slots of the tokens that were changed
     */
    record Changed(boolean everything, Set<Long> slots) {
        /** Nothing. */
        static final Changed NOTHING = new Changed(false, Set.of());

        /** Perhaps everything. */
        static final Changed EVERYTHING = new Changed(true, Set.of());
    }

    /**
     * Waits a moment and returns what others changed since the last call; the first call may tell of everything. Where
     * the database does not answer, that is everything, again and again.
     *
     * @return what was changed
     */
    Changed await();

    /** Ends it. */
    @Override
    void close();
}
