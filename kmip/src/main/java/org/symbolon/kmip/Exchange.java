package org.symbolon.kmip;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.AsynchronousIndicator;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.Authentication;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.NotInVersionException;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;

/** Sends messages to a node, once, and sorts out what comes back. Thread-safe. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final List<Credential> credentials;
    private final int maxResponseBytes;
    private final boolean correlating;
    private final VersionNegotiation negotiation = new VersionNegotiation(this);

    /**
     * Makes an exchange.
     *
     * @param correlating whether messages have a Client Correlation Value where the node takes one
     */
    Exchange(List<Credential> credentials, int maxResponseBytes, boolean correlating) {
        this.credentials = credentials;
        this.maxResponseBytes = maxResponseBytes;
        this.correlating = correlating;
    }

    /**
     * What came of one request of a message.
     *
     * @param response what came back; null if it failed or is pending
     * @param failure why it failed; null if it did not
     * @param pending by what it is asked for later; null if it is not pending
     */
    record Outcome(
            @Nullable KmipResponse response,
            @Nullable TokenException failure,
            @Nullable Bytes pending) {
        Outcome(@Nullable KmipResponse response, @Nullable TokenException failure) {
            this(response, failure, null);
        }

        KmipResponse get() throws TokenException {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(response);
        }
    }

    /**
     * How a batch is done.
     *
     * @param asynchronous whether the server may answer later, if that is to be said
     */
    record BatchOptions(
            @Nullable BatchErrorContinuationOption onError,
            boolean ordered,
            @Nullable AsynchronousIndicator asynchronous) {
        static final BatchOptions SINGLE = new BatchOptions(null, false);

        BatchOptions(@Nullable BatchErrorContinuationOption onError, boolean ordered) {
            this(onError, ordered, null);
        }
    }

    /** {@return the version in which a node is spoken to, after asking it if that was not done} */
    KmipVersion version(Node node, AttemptTime time) throws TokenException, LostException {
        Optional<KmipVersion> known = node.version();
        if (known.isPresent()) {
            return known.get();
        }
        try {
            KmipVersion agreed = negotiation.negotiate(node, time);
            node.agreeOn(agreed);
            return agreed;
        } catch (LostException e) { // what was to be asked was not
            throw e.isNotSent() ? e : new LostException(LostException.Kind.NOT_SENT, String.valueOf(e.getMessage()), e);
        }
    }

    /** Asks a node for its version, whatever is known of it. */
    void negotiate(Node node, AttemptTime time) throws TokenException, LostException {
        node.agreeOn(negotiation.negotiate(node, time));
    }

    /** Sends requests to a node as one message; one outcome for each comes back. */
    List<Outcome> send(
            Node node, List<? extends KmipRequest<?>> requests, BatchOptions options, CallScope scope, AttemptTime time)
            throws TokenException, LostException {
        boolean known = node.version().isPresent();
        KmipVersion version = version(node, time);
        Correlation correlation = node.remembered(Correlation.class, Correlation::new);
        String value = correlating ? correlation.value(version, scope.correlation()) : null;
        try {
            List<Outcome> outcomes = sendIn(version, node, requests, options, value, time);
            correlation.worked(value);
            return outcomes;
        } catch (TokenProtocolException e) {
            if (!(e.getCause() instanceof RefusedMessage)) {
                throw e;
            }
            if (correlation.mayHaveBeenRefused(value)) {
                correlation.refused();
                return send(node, requests, options, scope, time);
            }
            node.forgetVersion();
            if (known && !version(node, time).equals(version)) { // another program answers there now
                return send(node, requests, options, scope, time);
            }
            throw e;
        }
    }

    /** Sends requests in a version that is given. */
    List<Outcome> sendIn(
            KmipVersion version,
            Node node,
            List<? extends KmipRequest<?>> requests,
            BatchOptions options,
            @Nullable String correlation,
            AttemptTime time)
            throws TokenException, LostException {
        long start = System.nanoTime();
        SentBatch batch;
        Ttlv.Structure message;
        try {
            batch = SentBatch.of(requests, options, version, node.toString());
            RequestHeader header = header(requests.size(), options, version, correlation);
            message = MessageCodec.encode(new RequestMessage(header, batch.items()));
        } catch (NotInVersionException e) {
            throw new MechanismNotSupportedException(
                    new Status("UnsupportedProtocolVersion", 0x3F),
                    node + " speaks KMIP " + version + ": " + e.getMessage(),
                    e);
        }
        KmipCallEvent event = new KmipCallEvent();
        event.begin();
        String outcome = "failed";
        Ttlv answer = null;
        try {
            answer = sendRaw(node, message, batch.asked(), time, event);
            ResponseMessage response = batch.read(answer);
            node.answered(response.header().timeStamp());
            Optional<TokenException> refusal = batch.refusal(response);
            if (refusal.isPresent()) {
                outcome = refusal.get().status().toString();
                throw refused(refusal.get());
            }
            List<Outcome> outcomes = batch.outcomes(response);
            TokenException failure = outcomes.get(0).failure();
            outcome = failure == null ? "Success" : failure.status().toString();
            return outcomes;
        } catch (LostException e) {
            outcome = e.kind().name();
            throw e;
        } finally {
            message.release();
            batch.release();
            if (answer != null) {
                answer.release();
            }
            LOG.debug("{} at {} took {} ms: {}", batch.asked(), node, (System.nanoTime() - start) / 1_000_000, outcome);
            record(event, batch, node, version, outcome, correlation);
        }
    }

    private static TokenException refused(TokenException refusal) {
        RefusedMessage mark = new RefusedMessage(refusal.getMessage());
        if (refusal instanceof TokenProtocolException
                && refusal.status().code() == ResultReason.INVALID_MESSAGE.value()) {
            return new TokenProtocolException(refusal.status(), detail(refusal), mark);
        }
        refusal.addSuppressed(mark);
        return refusal;
    }

    /** The message without the status, which the exception puts before it again. */
    private static String detail(TokenException e) {
        String message = String.valueOf(e.getMessage());
        String status = e.status() + ": ";
        return message.startsWith(status) ? message.substring(status.length()) : message;
    }

    private static void record(
            KmipCallEvent event,
            SentBatch batch,
            Node node,
            KmipVersion version,
            String outcome,
            @Nullable String correlation) {
        if (event.shouldCommit()) {
            event.operation = batch.items().get(0).operation().toString();
            event.items = batch.items().size();
            event.node = node.toString();
            event.version = version.toString();
            event.outcome = outcome;
            event.correlation = correlation == null ? "" : correlation;
            event.commit();
        }
    }

    private RequestHeader header(int count, BatchOptions options, KmipVersion version, @Nullable String correlation) {
        return new RequestHeader(
                version,
                maxResponseBytes,
                correlation,
                null,
                options.asynchronous(),
                null,
                List.of(),
                credentials.isEmpty() ? null : new Authentication(credentials),
                count == 1 ? null : options.onError(),
                (count > 1 && options.ordered()) ? Boolean.TRUE : null,
                null,
                count);
    }

    private Ttlv sendRaw(Node node, Ttlv.Structure message, String asked, AttemptTime time, KmipCallEvent event)
            throws TokenException, LostException {
        try {
            return node.connections().lend(time, event, (connection, reused) -> {
                long begin = System.nanoTime();
                long idled = connection.idleNanos();
                try {
                    return connection.exchange(message, time.deadline(), node.patience());
                } catch (MalformedTtlvException e) {
                    throw e;
                } catch (NotSentException e) {
                    throw new LostException(
                            LostException.Kind.NOT_SENT,
                            ConnectFailure.describe(node.address(), e.why(), time.connecting()),
                            e.why());
                } catch (IOException e) {
                    throw lost(node, asked, e, reused && !connection.wasAnswered(), idled);
                } finally {
                    event.answered(begin, connection);
                }
            });
        } catch (MalformedTtlvException e) {
            throw new TokenProtocolException(
                    new Status("InvalidMessage", 4), asked + " at " + node + ": " + e.getMessage(), e);
        } catch (LostException e) {
            throw e;
        } catch (IOException e) {
            throw new LostException(LostException.Kind.ENDED, asked + " at " + node + ": " + e.getMessage(), e);
        }
    }

    private static LostException lost(Node node, String asked, IOException e, boolean stale, long idled) {
        String detail = asked + " at " + node + ": " + e.getMessage();
        if (e instanceof SocketTimeoutException) {
            return new LostException(LostException.Kind.SILENT, detail, e);
        }
        if (stale) {
            node.idleLimit().ended(idled);
            return new LostException(LostException.Kind.STALE, detail, e);
        }
        return new LostException(LostException.Kind.ENDED, detail, e);
    }
}
