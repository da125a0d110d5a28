package org.symbolon.remote.server;

import java.time.Duration;

/**
 * What all clients of a server are served by.
 *
 * @param limits what each may hold
 * @param messageTime how long a request may take to arrive once it has begun, and a reply to be taken
 * @param sessions what stands between them and the tokens' sessions
 * @param metrics what counts them
 */
record Terms(ClientLimits limits, Duration messageTime, ClientSessions sessions, ServerMetrics metrics) {
    static final Duration DEFAULT_MESSAGE_TIME = Duration.ofSeconds(30);

    Terms {
        if (messageTime.isZero() || messageTime.isNegative()) {
            throw new IllegalArgumentException("a request may take some time to arrive, not " + messageTime);
        }
    }

    static Terms of(ClientLimits limits) {
        return new Terms(limits, DEFAULT_MESSAGE_TIME, (client, session) -> session, new ServerMetrics());
    }
}
