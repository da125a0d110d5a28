package org.symbolon.serve;

import java.io.Closeable;

/** Where clients come in. */
public interface Listener extends Closeable {
    /**
     * Waits for clients and hands on those that are let in, until it is closed; refuses the others with a reason in the log.
     *
     * @param entrance what lets them in
     * @param arrivals where its own callers are until they are clients
     */
    void listen(Entrance entrance, Arrivals arrivals);

    /**
     * Looks after what changes with time; called twice a second.
     *
     * @param now the time of {@link System#nanoTime}
     */
    default void tick(long now) {}

    /**
     * Appends what there is to say of it.
     *
     * @param text what it is appended to
     */
    default void writeTo(PrometheusText text) {}

    /** {@return where it listens, as the log and the command line say it} */
    String address();
}
