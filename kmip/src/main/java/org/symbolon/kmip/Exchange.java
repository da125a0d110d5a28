package org.symbolon.kmip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.Authentication;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.NotInVersionException;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseMessage;
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
        String asked = asked(requests);
        long start = System.nanoTime();
        ResponseMessage response = sendRaw(message(requests, options, version), requests, asked, deadline);
        List<Outcome> outcomes = outcomes(requests, response, asked);
        LOG.debug("{} at {} took {} ms", asked, connections.server(), (System.nanoTime() - start) / 1_000_000);
        return outcomes;
    }

    private Ttlv.Structure message(List<? extends KmipRequest<?>> requests, BatchOptions options, KmipVersion version)
            throws MechanismNotSupportedException {
        List<RequestBatchItem> items = new ArrayList<>();
        try {
            for (int i = 0; i < requests.size(); i++) {
                KmipRequest<?> request = requests.get(i);
                Bytes id = requests.size() == 1 ? null : itemId(i);
                items.add(new RequestBatchItem(
                        OperationTable.rowOf(request).operation(),
                        null,
                        id,
                        MessageCodec.encodePayload(request, version),
                        List.of()));
            }
            return MessageCodec.encode(new RequestMessage(header(requests.size(), options, version), items));
        } catch (NotInVersionException e) {
            throw new MechanismNotSupportedException(
                    new Status("UnsupportedProtocolVersion", 0x3F),
                    connections.server() + " speaks KMIP " + version + ": " + e.getMessage(),
                    e);
        }
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

    private static Bytes itemId(int index) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(index).array());
    }

    private ResponseMessage sendRaw(
            Ttlv.Structure message, List<? extends KmipRequest<?>> requests, String asked, Deadline deadline)
            throws TokenException {
        boolean repeatable = requests.stream().allMatch(RetryClass::isRepeatable);
        for (boolean mayRepeat = true; ; mayRepeat = false) {
            boolean[] stale = new boolean[1];
            try {
                return connections.lend(deadline, (connection, reused) -> {
                    try {
                        return MessageCodec.decodeResponse(connection.exchange(message, deadline));
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

    private List<Outcome> outcomes(List<? extends KmipRequest<?>> requests, ResponseMessage response, String asked)
            throws TokenException {
        Map<Bytes, ResponseBatchItem> byId = new HashMap<>();
        List<ResponseBatchItem> items = response.items();
        for (ResponseBatchItem item : items) {
            if (item.uniqueBatchItemId() != null) {
                byId.put(item.uniqueBatchItemId(), item);
            }
        }
        if (items.isEmpty() || items.size() > requests.size()) {
            throw protocol(asked, items.size() + " answers came to " + requests.size() + " requests");
        }
        if (items.size() == 1 && items.get(0).operation() == null && isFailure(items.get(0))) {
            throw failure(items.get(0), asked);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            ResponseBatchItem item = requests.size() == 1 ? items.get(0) : byId.get(itemId(i));
            outcomes.add(outcome(
                    requests.get(i),
                    Optional.ofNullable(item),
                    response.header().protocolVersion()));
        }
        return outcomes;
    }

    private Outcome outcome(KmipRequest<?> request, Optional<ResponseBatchItem> answer, KmipVersion version) {
        OperationTable.Row row = OperationTable.rowOf(request);
        String asked = row.operation().toString();
        if (answer.isEmpty()) {
            return new Outcome(
                    null,
                    ResultKind.exception(
                            ResultReason.OPERATION_CANCELED_BY_REQUESTER,
                            asked,
                            "the batch stopped before it was done"));
        }
        ResponseBatchItem item = answer.get();
        if (item.operation() != null && !item.operation().equals(row.operation())) {
            return new Outcome(null, protocol(asked, "the answer is to " + item.operation()));
        }
        if (isFailure(item)) {
            return new Outcome(null, failure(item, asked));
        }
        if (item.responsePayload() == null) {
            return new Outcome(null, protocol(asked, "the answer has no payload"));
        }
        try {
            return new Outcome(MessageCodec.decodePayload(item.responsePayload(), row.response(), version), null);
        } catch (MalformedTtlvException e) {
            return new Outcome(
                    null,
                    new TokenProtocolException(new Status("InvalidMessage", 4), asked + ": " + e.getMessage(), e));
        }
    }

    private static boolean isFailure(ResponseBatchItem item) {
        return !item.resultStatus().equals(ResultStatus.SUCCESS);
    }

    private TokenException failure(ResponseBatchItem item, String asked) {
        ResultReason reason = item.resultReason() == null ? ResultReason.GENERAL_FAILURE : item.resultReason();
        String message = item.resultMessage() == null ? "" : item.resultMessage();
        return ResultKind.exception(reason, asked + " at " + connections.server(), message);
    }

    private TokenProtocolException protocol(String asked, String problem) {
        return new TokenProtocolException(
                new Status("InvalidMessage", 4), asked + " at " + connections.server() + ": " + problem);
    }

    private static String asked(List<? extends KmipRequest<?>> requests) {
        String first = OperationTable.rowOf(requests.get(0)).operation().toString();
        return requests.size() == 1 ? first : "a batch of " + requests.size() + " from " + first + " on";
    }
}
