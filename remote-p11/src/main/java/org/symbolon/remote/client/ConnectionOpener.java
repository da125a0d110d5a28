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
                    if (attempt == MAX_ATTEMPTS || !isBetterElsewhere(rpc.health(), e)) {
                        throw e;
                    }
                    LOG.warn(
                            "{} does not have the token ready, another server is asked: {}",
                            rpc.health(),
                            e.getMessage());
                    rpc.health().missesToken();
                }
            }
        } catch (TokenAuthenticationException e) {
            credential.refused(e.status());
            throw e;
        } finally {
            credential.turn().release();
        }
    }

    private boolean isBetterElsewhere(EndpointHealth used, TokenUnavailableException e) {
        return TOKEN_IS_NOT_THERE.contains(e.status().name()) && connector.hasOtherThan(used);
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
