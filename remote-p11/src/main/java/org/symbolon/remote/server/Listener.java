package org.symbolon.remote.server;

import java.io.Closeable;

/** Where clients come in. */
interface Listener extends Closeable {
    /**
     * Waits for clients and hands on those that are let in, until it is closed; refuses the others with a reason in the log.
     *
     * @param arrivals where its own callers are until they are clients
     */
    void listen(Entrance entrance, Arrivals arrivals);

    /** Looks after what changes with time; called twice a second. */
    default void tick(long now) {}

    /** Appends what there is to say of it. */
    default void writeTo(PrometheusText text) {}

    /** Returns where it listens, as the log and the command line say it. */
    String address();
}
