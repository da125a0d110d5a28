package org.symbolon.serve;

/** What a server speaks. Thread-safe. */
@FunctionalInterface
public interface Protocol {
    /**
     * Begins to serve a client.
     *
     * @param stream what it says and hears
     * @param refusals where it is told why it is cut off
     * @param mayWait whether it may wait for requests without a thread
     * @return the client
     */
    ServedClient meet(ClientStream stream, RefusalLog refusals, boolean mayWait);
}
