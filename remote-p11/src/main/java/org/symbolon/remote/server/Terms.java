package org.symbolon.remote.server;

import org.symbolon.serve.ClientTimes;

/**
 * What all clients of a server are served by.
 *
 * @param limits what each may hold
 * @param times how long each may take
 * @param sessions what stands between them and the tokens' sessions
 * @param metrics what counts them
 */
record Terms(ClientLimits limits, ClientTimes times, ClientSessions sessions, ServerMetrics metrics) {
    static Terms of(ClientLimits limits) {
        return new Terms(limits, ClientTimes.DEFAULT, (client, session) -> session, new ServerMetrics());
    }
}
