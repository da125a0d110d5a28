package org.symbolon.remote.client;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;

/**
 * Opens the connections of one login to one token.
 *
 * @param connector reaches the servers
 * @param token the token
 * @param credential what it logs in with
 * @param readOnly whether its PKCS #11 sessions are
 * @param ids gives each connection a name of its own
 */
record ConnectionOpener(
        Connector connector, TokenName token, Credential credential, boolean readOnly, Supplier<String> ids) {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionOpener.class);
    private static final int MAX_ATTEMPTS = 5;
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final Set<String> TOKEN_IS_NOT_THERE =
            Set.of("CKR_TOKEN_NOT_PRESENT", "CKR_TOKEN_NOT_RECOGNIZED", "CKR_DEVICE_REMOVED");

    /** Opens a connection. One at a time logs in, so that a PIN which is wrong by now is shown once and not by everyone. */
    TokenConnection open(Deadline deadline) throws TokenException {
        awaitTurn(deadline);
        try {
            for (int attempt = 1; ; attempt++) {
                RpcConnection rpc = connector.connect(deadline);
                try {
                    return TokenConnection.open(rpc, ids.get(), token, credential, readOnly, deadline);
                } catch (ConnectionLostException e) {
                    LOG.debug("A connection ended before it was ready: {}", e.getMessage());
                    if (attempt == MAX_ATTEMPTS) {
                        throw e.toTokenException();
                    }
                } catch (TokenUnavailableException e) {
                    if (attempt == MAX_ATTEMPTS
                            || !TOKEN_IS_NOT_THERE.contains(e.status().name())) {
                        throw e;
                    }
                    if (connector.hasOtherThan(rpc.health())) {
                        LOG.warn(
                                "{} does not have the token ready, another server is asked: {}",
                                rpc.health(),
                                e.getMessage());
                        rpc.health().missesToken();
                    } else {
                        LOG.debug("The only server may have the token in a moment: {}", e.getMessage());
                        pause(attempt, deadline);
                    }
                }
            }
        } catch (TokenAuthenticationException e) {
            credential.refused(e.status());
            throw e;
        } finally {
            credential.turn().release();
        }
    }

    /** Waits for a server that was started just now: its module may still look for its tokens. */
    private static void pause(int attempt, Deadline deadline) throws TokenException {
        long millis = Math.min(FIRST_PAUSE_MILLIS << attempt, TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos()));
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw deadline.interrupted("a server that has the token", e);
        }
    }

    private void awaitTurn(Deadline deadline) throws TokenException {
        try {
            if (!credential.turn().tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed("a login that is under way");
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted("a login that is under way", e);
        }
    }
}
