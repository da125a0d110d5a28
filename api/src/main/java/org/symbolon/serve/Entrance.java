package org.symbolon.serve;

/** What listeners let clients in through. */
public interface Entrance {
    /**
     * Returns whether a connection has to be closed at once, since as many clients as may be are there.
     *
     * @param name who has connected, for the log
     * @return whether it has
     */
    boolean isFull(String name);

    /**
     * Says why somebody is refused.
     *
     * @param reason the kind of reason
     * @param name who it is, for the log
     * @param why what was wrong
     */
    void refused(CutOff reason, String name, String why);

    /**
     * Serves a client on a thread of its own, or closes it if there are too many.
     *
     * @param client the client
     */
    void admit(ClientStream client);
}
