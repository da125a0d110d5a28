package org.symbolon.remote.server;

/** What listeners let clients in through. */
interface Entrance {
    /** Returns whether a connection has to be closed at once, since as many clients as may be are there. */
    boolean isFull(String name);

    /** Says why somebody is refused. */
    void refused(CutOff reason, String name, String why);

    /** Serves a client on a thread of its own, or closes it if there are too many. */
    void admit(ClientStream client);
}
