package org.symbolon.transport;

/** How long calls that could be made elsewhere wait for a server. Thread-safe. */
@FunctionalInterface
public interface Patience {
    /** That of calls which nobody else could answer. */
    Patience ENDLESS = began -> false;

    /**
     * Returns whether a call is to be made elsewhere. Is asked every few milliseconds for each call that waits, and does not
     * block.
     *
     * @param began when the call began, by {@link System#nanoTime()}
     * @return whether to wait no longer
     */
    boolean isOver(long began);
}
