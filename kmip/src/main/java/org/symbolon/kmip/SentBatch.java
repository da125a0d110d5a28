package org.symbolon.kmip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Poll;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;

/**
 * Operations that travel as one message, and which answer is to which: several by their item identifiers, which no two messages of this
 * process share, so that the answer to another message is never taken for theirs; one, which has none, by its operation and its object.
 *
 * @param requests what is asked
 * @param items the same as they travel
 * @param goesOn whether the server goes on after a failure
 * @param version of the message
 * @param server where they go, for errors
 */
record SentBatch(
        List<? extends KmipRequest<?>> requests,
        List<RequestBatchItem> items,
        boolean goesOn,
        KmipVersion version,
        String server) {
    private static final AtomicInteger NEXT_ID = new AtomicInteger();

    static SentBatch of(
            List<? extends KmipRequest<?>> requests,
            Exchange.BatchOptions options,
            KmipVersion version,
            String server) {
        List<RequestBatchItem> items = new ArrayList<>(requests.size());
        for (KmipRequest<?> request : requests) {
            items.add(new RequestBatchItem(
                    OperationTable.rowOf(request).operation(),
                    null,
                    requests.size() == 1 ? null : nextId(),
                    MessageCodec.encodePayload(request, version),
                    List.of()));
        }
        boolean goesOn = BatchErrorContinuationOption.CONTINUE.equals(options.onError());
        return new SentBatch(requests, items, goesOn, version, server);
    }

    /** {@return the question for the answer to a request that was pending, which is answered as that} */
    static SentBatch polling(Bytes pending, KmipRequest<?> request, KmipVersion version, String server) {
        RequestBatchItem poll = new RequestBatchItem(
                Operation.POLL, null, null, MessageCodec.encodePayload(new Poll.Request(pending), version), List.of());
        return new SentBatch(List.of(request), List.of(poll), false, version, server);
    }

    private static Bytes nextId() {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES)
                .putInt(NEXT_ID.getAndIncrement())
                .array());
    }

    /** {@return what was asked, in words} */
    String asked() {
        String first = items.get(0).operation().toString();
        return items.size() == 1 ? first : "a batch of " + items.size() + " from " + first + " on";
    }

    /** Wipes the encoded requests. */
    void release() {
        items.forEach(item -> item.requestPayload().release());
    }

    /** Reads the message that came back. */
    ResponseMessage read(Ttlv message) throws TokenProtocolException {
        try {
            return MessageCodec.decodeResponse(message);
        } catch (MalformedTtlvException e) {
            throw protocol(asked(), String.valueOf(e.getMessage()), e);
        }
    }

    /** {@return why the message as a whole was refused, before any of it was done, if it was} */
    Optional<TokenException> refusal(ResponseMessage response) {
        List<ResponseBatchItem> answers = response.items();
        return answers.size() == 1 && answers.get(0).operation() == null && isFailure(answers.get(0))
                ? Optional.of(failure(answers.get(0), asked()))
                : Optional.empty();
    }

    /** {@return one outcome for each request} */
    List<Exchange.Outcome> outcomes(ResponseMessage response) throws TokenException {
        List<ResponseBatchItem> answers = response.items();
        if (answers.isEmpty() || answers.size() > items.size()) {
            throw protocol(asked(), answers.size() + " answers came to " + items.size() + " requests", null);
        }
        Map<Bytes, ResponseBatchItem> byId = byId(answers);
        List<Exchange.Outcome> outcomes = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            ResponseBatchItem answer =
                    items.size() == 1 ? answers.get(0) : byId.get(items.get(i).uniqueBatchItemId());
            outcomes.add(answer == null ? left(i, byId.size() < answers.size()) : outcome(i, answer, response));
        }
        return outcomes;
    }

    /** The answers to items of this batch, by their identifiers. */
    private Map<Bytes, ResponseBatchItem> byId(List<ResponseBatchItem> answers) {
        Set<@Nullable Bytes> ours = new HashSet<>();
        items.forEach(item -> ours.add(item.uniqueBatchItemId()));
        Map<Bytes, ResponseBatchItem> byId = new HashMap<>();
        for (ResponseBatchItem answer : answers) {
            Bytes id = answer.uniqueBatchItemId();
            if (id != null && ours.contains(id)) {
                byId.putIfAbsent(id, answer);
            }
        }
        return byId;
    }

    private Exchange.Outcome left(int index, boolean mixedUp) {
        String asked = items.get(index).operation() + " at " + server;
        if (mixedUp) {
            return new Exchange.Outcome(
                    null,
                    protocol(asked, "no answer has the identifier of this item, and another has none of ours", null));
        }
        return new Exchange.Outcome(
                null,
                goesOn
                        ? missing(asked)
                        : ResultKind.exception(
                                ResultReason.OPERATION_CANCELED_BY_REQUESTER,
                                asked,
                                "the batch stopped before it was done"));
    }

    private Exchange.Outcome outcome(int index, ResponseBatchItem answer, ResponseMessage response) {
        RequestBatchItem item = items.get(index);
        String asked = item.operation().toString();
        Operation operation = OperationTable.rowOf(requests.get(index)).operation();
        if (answer.operation() != null
                && !answer.operation().equals(operation)
                && !answer.operation().equals(item.operation())) {
            return new Exchange.Outcome(null, protocol(asked, "the answer is to " + answer.operation(), null));
        }
        if (answer.resultStatus().equals(ResultStatus.OPERATION_PENDING)
                && answer.asynchronousCorrelationValue() != null) {
            return new Exchange.Outcome(null, null, answer.asynchronousCorrelationValue());
        }
        if (isFailure(answer)) {
            return new Exchange.Outcome(null, failure(answer, asked));
        }
        Ttlv payload = answer.responsePayload();
        if (payload == null) {
            return new Exchange.Outcome(null, protocol(asked, "the answer has no payload", null));
        }
        try {
            AnswerCheck.check(item.operation(), item.requestPayload(), payload);
            Class<? extends KmipResponse> type =
                    OperationTable.rowOf(requests.get(index)).response();
            return new Exchange.Outcome(payload(payload, type, response.header().protocolVersion()), null);
        } catch (MalformedTtlvException e) {
            return new Exchange.Outcome(null, protocol(asked, String.valueOf(e.getMessage()), e));
        }
    }

    /** Reads a payload as the header says, or as was asked: some servers write 1.0 into every header. */
    private KmipResponse payload(Ttlv payload, Class<? extends KmipResponse> type, KmipVersion said)
            throws MalformedTtlvException {
        try {
            return MessageCodec.decodePayload(payload, type, version);
        } catch (MalformedTtlvException e) {
            if (said.equals(version)) {
                throw e;
            }
            return MessageCodec.decodePayload(payload, type, said);
        }
    }

    private static boolean isFailure(ResponseBatchItem item) {
        return !item.resultStatus().equals(ResultStatus.SUCCESS);
    }

    private TokenException failure(ResponseBatchItem item, String asked) {
        ResultReason reason = item.resultReason() == null ? ResultReason.GENERAL_FAILURE : item.resultReason();
        String message = item.resultMessage() == null ? "" : item.resultMessage();
        return ResultKind.exception(reason, asked + " at " + server, message);
    }

    private static TokenProtocolException missing(String asked) {
        String problem = "the answer to this item is missing, though the server was to go on; it may have been done";
        return new TokenProtocolException(
                new Status("InvalidMessage", 4), asked + ": " + problem, new MissingAnswer(problem));
    }

    private TokenProtocolException protocol(String asked, String problem, @Nullable MalformedTtlvException cause) {
        String where = asked.endsWith(server) ? asked : asked + " at " + server;
        return new TokenProtocolException(
                new Status("InvalidMessage", 4),
                where + ": " + problem,
                cause == null ? MixedUpAnswer.problem(problem) : cause);
    }
}
