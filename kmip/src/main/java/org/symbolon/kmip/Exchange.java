package org.symbolon.kmip;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.AsynchronousIndicator;
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
import org.symbolon.kmip.ttlv.Ttlv;

/** Sends messages to a node, once, and sorts out what comes back. Thread-safe. */
final class Exchange {
    private final ShownCredentials credentials;
    private final int maxResponseBytes;
    private final boolean correlating;
    private final VersionNegotiation negotiation = new VersionNegotiation(this);

    /**
     * Makes an exchange.
     *
     * @param correlating whether messages have a Client Correlation Value where the node takes one
     */
    Exchange(ShownCredentials credentials, int maxResponseBytes, boolean correlating) {
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

    /** {@return what is shown while a version is agreed on, in which not every credential exists} */
    List<Credential> shownToAnyVersion() {
        return credentials.ofAnyVersion();
    }

    /** Asks a node for its version, whatever is known of it. */
    void negotiate(Node node, AttemptTime time) throws TokenException, LostException {
        node.agreeOn(negotiation.negotiate(node, time));
    }

    /** Sends requests to a node as one message; one outcome for each comes back. */
    List<Outcome> send(
            Node node, List<? extends KmipRequest<?>> requests, BatchOptions options, CallScope scope, AttemptTime time)
            throws TokenException, LostException {
        return send(node, requests, options, scope, time, node.version().isPresent());
    }

    /**
     * Sends requests to a node.
     *
     * @param known whether the version may have been agreed on with another program, which once in a call is asked again
     */
    private List<Outcome> send(
            Node node,
            List<? extends KmipRequest<?>> requests,
            BatchOptions options,
            CallScope scope,
            AttemptTime time,
            boolean known)
            throws TokenException, LostException {
        KmipVersion version = version(node, time);
        Correlation correlation = node.remembered(Correlation.class, Correlation::new);
        String value = correlating ? correlation.value(version, scope.correlation()) : null;
        try {
            List<Outcome> outcomes =
                    sendIn(version, node, requests, options, credentials.next(scope.ticket()), value, time);
            correlation.worked(value);
            return outcomes;
        } catch (TokenProtocolException e) {
            if (!(e.getCause() instanceof RefusedMessage)) {
                throw e;
            }
            if (correlation.mayHaveBeenRefused(value)) {
                correlation.refused();
                return send(node, requests, options, scope, time, known);
            }
            node.forgetVersion();
            if (known && !version(node, time).equals(version)) { // another program answers there now
                return send(node, requests, options, scope, time, false);
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
            List<Credential> shown,
            @Nullable String correlation,
            AttemptTime time)
            throws TokenException, LostException {
        SentBatch batch;
        Ttlv.Structure message;
        try {
            batch = SentBatch.of(requests, options, version, node.toString());
            RequestHeader header = header(requests.size(), options, version, shown, correlation);
            message = MessageCodec.encode(new RequestMessage(header, batch.items()));
        } catch (NotInVersionException e) {
            throw new MechanismNotSupportedException(
                    new Status("UnsupportedProtocolVersion", 0x3F),
                    node + " speaks KMIP " + version + ": " + e.getMessage(),
                    e);
        }
        return Flight.send(
                node, version, batch, message, header -> credentials.check(shown, header, node), correlation, time);
    }

    /** Asks a node for the answer to an operation that was pending. */
    Outcome poll(Node node, Bytes pending, KmipRequest<?> request, CallScope scope)
            throws TokenException, LostException {
        AttemptTime time = new AttemptTime(scope.deadline(), scope.deadline().remaining());
        KmipVersion version = version(node, time);
        SentBatch batch = SentBatch.polling(pending, request, version, node.toString());
        List<Credential> shown = credentials.next(scope.ticket());
        RequestHeader header = header(1, BatchOptions.SINGLE, version, shown, null);
        Ttlv.Structure message = MessageCodec.encode(new RequestMessage(header, batch.items()));
        return Flight.send(node, version, batch, message, answer -> credentials.check(shown, answer, node), null, time)
                .get(0);
    }

    private RequestHeader header(
            int count,
            BatchOptions options,
            KmipVersion version,
            List<Credential> shown,
            @Nullable String correlation) {
        return new RequestHeader(
                version,
                maxResponseBytes,
                correlation,
                null,
                options.asynchronous(),
                null,
                List.of(),
                shown.isEmpty() ? null : new Authentication(shown),
                count == 1 ? null : options.onError(),
                (count > 1 && options.ordered()) ? Boolean.TRUE : null,
                null,
                count);
    }
}
