package org.symbolon.kmip;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.message.Authentication;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.NotInVersionException;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;

/** Sends messages to a server and sorts out what comes back. Thread-safe. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Connections connections;
    private final List<Credential> credentials;
    private final int maxResponseBytes;

    Exchange(Connections connections, List<Credential> credentials, int maxResponseBytes) {
        this.connections = connections;
        this.credentials = credentials;
        this.maxResponseBytes = maxResponseBytes;
    }

    /**
     * What came of one request of a message.
     *
     * @param response what came back; null if it failed
     * @param failure why it failed; null if it did not
     */
    record Outcome(
            @Nullable KmipResponse response, @Nullable TokenException failure) {
        KmipResponse get() throws TokenException {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(response);
        }
    }

    /** How a batch is done. */
    record BatchOptions(@Nullable BatchErrorContinuationOption onError, boolean ordered) {
        static final BatchOptions SINGLE = new BatchOptions(null, false);
    }

    /** Sends requests as one message; one outcome for each comes back. */
    List<Outcome> send(
            List<? extends KmipRequest<?>> requests, BatchOptions options, KmipVersion version, Deadline deadline)
            throws TokenException {
        long start = System.nanoTime();
        SentBatch batch;
        Ttlv.Structure message;
        try {
            batch = SentBatch.of(
                    requests, options, version, connections.server().toString());
            message = MessageCodec.encode(new RequestMessage(header(requests.size(), options, version), batch.items()));
        } catch (NotInVersionException e) {
            throw new MechanismNotSupportedException(
                    new Status("UnsupportedProtocolVersion", 0x3F),
                    connections.server() + " speaks KMIP " + version + ": " + e.getMessage(),
                    e);
        }
        String asked = batch.asked();
        List<Outcome> outcomes;
        try {
            outcomes = batch.outcomes(sendRaw(message, requests, asked, deadline));
        } finally {
            message.release();
            batch.release();
        }
        LOG.debug("{} at {} took {} ms", asked, connections.server(), (System.nanoTime() - start) / 1_000_000);
        return outcomes;
    }

    private RequestHeader header(int count, BatchOptions options, KmipVersion version) {
        return new RequestHeader(
                version,
                maxResponseBytes,
                null,
                null,
                null,
                null,
                List.of(),
                credentials.isEmpty() ? null : new Authentication(credentials),
                count == 1 ? null : options.onError(),
                (count > 1 && options.ordered()) ? Boolean.TRUE : null,
                null,
                count);
    }

    private Ttlv sendRaw(
            Ttlv.Structure message, List<? extends KmipRequest<?>> requests, String asked, Deadline deadline)
            throws TokenException {
        boolean repeatable = requests.stream().allMatch(RetryClass::isRepeatable);
        for (boolean mayRepeat = true; ; mayRepeat = false) {
            boolean[] stale = new boolean[1];
            try {
                return connections.lend(deadline, (connection, reused) -> {
                    try {
                        return connection.exchange(message, deadline);
                    } catch (IOException e) {
                        stale[0] = reused && !connection.wasAnswered();
                        throw e;
                    }
                });
            } catch (MalformedTtlvException e) {
                throw new TokenProtocolException(
                        new Status("InvalidMessage", 4),
                        asked + " at " + connections.server() + ": " + e.getMessage(),
                        e);
            } catch (IOException e) {
                deadline.check(asked + " at " + connections.server());
                if (stale[0] && repeatable && mayRepeat) {
                    LOG.debug("{} ended a connection that idled; set idleLimit below its limit", connections.server());
                    continue;
                }
                throw unavailable(asked, e);
            }
        }
    }

    private TokenUnavailableException unavailable(String asked, IOException e) {
        String detail = asked + " at " + connections.server() + ": " + e.getMessage();
        if (e instanceof SSLException && String.valueOf(e.getMessage()).contains("No subject alternative")) {
            detail += "; the server's certificate has to name "
                    + connections.server().host() + " in its subject alternative names";
        }
        return new TokenUnavailableException(new Status("GeneralFailure", 0x100), detail, e);
    }
}
