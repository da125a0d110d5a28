package org.symbolon.remote.server;

import java.io.Closeable;
import java.util.function.Consumer;

/** Where clients come in. */
interface Listener extends Closeable {
    /** Waits for clients and hands on those that are let in, until it is closed; refuses the others with a reason in the log. */
    void listen(Consumer<ClientStream> clients);

    /** Refuses those who take too long to prove who they are; called now and then. */
    default void cutOffLate(long now) {}

    /** Returns where it listens, as the log and the command line say it. */
    String address();
}
