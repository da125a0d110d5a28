package org.symbolon.kmip.server;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.AsynchronousIndicator;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseHeader;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.operation.Poll;
import org.symbolon.kmip.operation.Process;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/**
 * Answers requests: the bytes of one in, the bytes of its response out. Whatever comes in gets a response that is KMIP.
 *
 * <p>Thread-safe; an instance serves all clients.
 */
final class RequestMachine {
    private static final Logger LOG = LoggerFactory.getLogger(RequestMachine.class);
    private static final Set<Operation> LATER = Set.of(Operation.POLL, Operation.PROCESS);
    private static final Tag REQUEST_HEADER = Tag.named("RequestHeader");
    private static final Tag PROTOCOL_VERSION = Tag.named("ProtocolVersion");
    private static final Tag MAJOR = Tag.named("ProtocolVersionMajor");
    private static final Tag MINOR = Tag.named("ProtocolVersionMinor");

    private final Admission admission;
    private final Clock clock;
    private final TtlvLimits limits;
    private final OperationCounts counts = new OperationCounts();

    RequestMachine(Admission admission, Clock clock, TtlvLimits limits) {
        this.admission = admission;
        this.clock = clock;
        this.limits = limits;
    }

    OperationCounts counts() {
        return counts;
    }

    /** Answers a request; the response is a new array. */
    byte[] respond(byte[] request, Caller caller) {
        Ttlv item;
        try {
            item = TtlvDecoder.decode(request, limits);
        } catch (MalformedTtlvException e) {
            return refuse(e, caller);
        }
        try {
            return respond(item, caller);
        } finally {
            item.wipe();
        }
    }

    /** Answers what could not be read at all, so that not even its version is known. */
    byte[] refuse(MalformedTtlvException why, Caller caller) {
        LOG.debug("a request of {} is no TTLV: {}", caller.subject(), why.getMessage());
        return refused(KmipVersion.V1_0, ResultReason.INVALID_MESSAGE, why.getMessage());
    }

    private byte[] respond(Ttlv item, Caller caller) {
        KmipVersion asked = version(item).orElse(KmipVersion.V1_0);
        if (!KmipVersion.SUPPORTED.contains(asked)) {
            return refused(
                    nearest(asked),
                    ResultReason.UNSUPPORTED_PROTOCOL_VERSION,
                    "KMIP " + asked + " is not spoken here; 1.0 to 1.4, 2.0 and 2.1 are");
        }
        try {
            RequestMessage message = MessageCodec.decodeRequest(item);
            check(message);
            return answer(message, admission.admit(message, caller));
        } catch (MalformedTtlvException e) {
            LOG.debug("a request of {} is malformed: {}", caller.subject(), e.getMessage());
            return refused(asked, ResultReason.INVALID_MESSAGE, e.getMessage());
        } catch (IllegalArgumentException e) {
            LOG.debug("a request of {} holds an illegal value: {}", caller.subject(), e.getMessage());
            return refused(asked, ResultReason.INVALID_MESSAGE, e.getMessage());
        } catch (KmipFailure e) {
            LOG.debug("a request of {} is refused: {}", caller.subject(), e.getMessage());
            return refused(asked, e.reason(asked), e.getMessage());
        }
    }

    private static KmipVersion nearest(KmipVersion asked) {
        return KmipVersion.SUPPORTED.stream()
                .filter(asked::isAtLeast)
                .findFirst()
                .orElse(KmipVersion.V1_0);
    }

    /** Reads the version alone, since it decides how everything else is read. */
    private static Optional<KmipVersion> version(Ttlv message) {
        return child(message, REQUEST_HEADER)
                .flatMap(header -> child(header, PROTOCOL_VERSION))
                .flatMap(version -> number(version, MAJOR)
                        .flatMap(major -> number(version, MINOR).map(minor -> new KmipVersion(major, minor))));
    }

    private static Optional<Ttlv> child(Ttlv parent, Tag tag) {
        return parent instanceof Ttlv.Structure structure ? structure.field(tag) : Optional.empty();
    }

    private static Optional<Integer> number(Ttlv parent, Tag tag) {
        return child(parent, tag)
                .filter(Ttlv.Int.class::isInstance)
                .map(item -> ((Ttlv.Int) item).value())
                .filter(value -> value >= 0);
    }

    private static void check(RequestMessage message) throws KmipFailure {
        RequestHeader header = message.header();
        if (header.batchCount() != message.items().size() || message.items().isEmpty()) {
            throw new KmipFailure(
                    ResultReason.INVALID_MESSAGE,
                    "the Batch Count is " + header.batchCount() + ", and the request has "
                            + message.items().size() + " items");
        }
        if (AsynchronousIndicator.MANDATORY.equals(header.asynchronousIndicator())
                && message.items().size() > 1) {
            throw new KmipFailure(ResultReason.FEATURE_NOT_SUPPORTED, "batches are answered at once; send one item");
        }
    }

    private byte[] answer(RequestMessage message, Admission.Admitted admitted) {
        RequestHeader header = message.header();
        KmipVersion version = header.protocolVersion();
        Batch batch = new Batch(version, new Caller(admitted.party().name()));
        if (message.items().size() == 1) {
            RequestBatchItem only = message.items().get(0);
            if (LATER.contains(only.operation())) {
                return encoded(header, admitted, List.of(polled(only, batch, admitted)));
            } else if (isLater(header)) {
                return encoded(header, admitted, List.of(submitted(only, batch, admitted)));
            }
        }
        List<ResponseBatchItem> items = BatchErrorContinuationOption.UNDO.equals(header.batchErrorContinuationOption())
                ? Undoing.run(message.items(), version, item -> counted(item, batch, admitted))
                : inTurn(message, batch, admitted);
        items = settled(items, batch);
        byte[] response = encoded(header, admitted, items);
        Integer most = header.maximumResponseSize();
        if (most == null || response.length <= most) {
            return response;
        }
        RequestBatchItem first = message.items().get(0);
        KmipFailure failure = new KmipFailure(
                ResultReason.RESPONSE_TOO_LARGE,
                "the response has " + response.length + " bytes and the Maximum Response Size is " + most);
        return encoded(header, admitted, List.of(failed(first.operation(), first, failure, version)));
    }

    private List<ResponseBatchItem> inTurn(RequestMessage message, Batch batch, Admission.Admitted admitted) {
        boolean goOn =
                BatchErrorContinuationOption.CONTINUE.equals(message.header().batchErrorContinuationOption());
        List<ResponseBatchItem> items = new ArrayList<>();
        for (RequestBatchItem item : message.items()) {
            ResponseBatchItem done = counted(item, batch, admitted);
            items.add(done);
            if (!goOn && !done.resultStatus().equals(ResultStatus.SUCCESS)) {
                break;
            }
        }
        return items;
    }

    /** Gives nothing out of which it could not be kept that it is given out. */
    private static List<ResponseBatchItem> settled(List<ResponseBatchItem> items, Batch batch) {
        try {
            batch.settle();
            return items;
        } catch (KmipFailure e) {
            LOG.debug("nothing is given out to {}: {}", batch.caller().subject(), e.getMessage());
            return items.stream()
                    .map(item -> Operation.GET.equals(item.operation()) ? withheld(item, e, batch) : item)
                    .toList();
        }
    }

    private static ResponseBatchItem withheld(ResponseBatchItem item, KmipFailure failure, Batch batch) {
        if (item.responsePayload() == null) {
            return item;
        }
        wipe(item);
        return Undoing.with(item, ResultStatus.OPERATION_FAILED, failure, batch.version());
    }

    private ResponseBatchItem counted(RequestBatchItem item, Batch batch, Admission.Admitted admitted) {
        long begun = System.nanoTime();
        ResponseBatchItem done = run(item, batch, admitted);
        counts.add(item.operation(), done, System.nanoTime() - begun);
        return done;
    }

    /** KMIP 1.x says true where an answer may come later; from 2.0 on, that it may is no wish for it. */
    private static boolean isLater(RequestHeader header) {
        AsynchronousIndicator asked = header.asynchronousIndicator();
        return AsynchronousIndicator.MANDATORY.equals(asked)
                || (AsynchronousIndicator.OPTIONAL.equals(asked)
                        && !header.protocolVersion().isAtLeast(KmipVersion.V2_0));
    }

    /** Takes a request that is answered to Poll. The message is wiped before, so that a copy of it is run. */
    private ResponseBatchItem submitted(RequestBatchItem item, Batch batch, Admission.Admitted admitted) {
        byte[] copy = TtlvEncoder.encode(item.requestPayload());
        Callable<ResponseBatchItem> work = () -> {
            Ttlv payload = TtlvDecoder.decode(copy, limits);
            try {
                ResponseBatchItem done = counted(
                        new RequestBatchItem(
                                item.operation(),
                                item.ephemeral(),
                                item.uniqueBatchItemId(),
                                payload,
                                item.messageExtensions()),
                        batch,
                        admitted);
                return settled(List.of(done), batch).get(0);
            } finally {
                payload.wipe();
            }
        };
        try {
            Bytes correlation = admitted.handlers().later().submit(item.operation(), work);
            return pending(item.operation(), item, correlation);
        } catch (KmipFailure e) {
            return failed(item.operation(), item, e, batch);
        }
    }

    private static ResponseBatchItem pending(Operation operation, RequestBatchItem item, Bytes correlation) {
        return new ResponseBatchItem(
                operation,
                item.uniqueBatchItemId(),
                ResultStatus.OPERATION_PENDING,
                null,
                null,
                correlation,
                null,
                null);
    }

    /** Answers Poll and Process with the answer of what they ask after. */
    private ResponseBatchItem polled(RequestBatchItem item, Batch batch, Admission.Admitted admitted) {
        try {
            admitted.during(item.operation());
            Bytes correlation = item.operation().equals(Operation.POLL)
                    ? MessageCodec.decodePayload(item.requestPayload(), Poll.Request.class, batch.version())
                            .asynchronousCorrelationValue()
                    : MessageCodec.decodePayload(item.requestPayload(), Process.Request.class, batch.version())
                            .asynchronousCorrelationValue();
            Asynchronous later = admitted.handlers().later();
            Operation operation = later.operation(correlation);
            return later.poll(correlation).orElseGet(() -> pending(operation, item, correlation));
        } catch (KmipFailure e) {
            return failed(item.operation(), item, e, batch);
        } catch (MalformedTtlvException e) {
            return failed(item.operation(), item, new KmipFailure(ResultReason.INVALID_MESSAGE, said(e), e), batch);
        }
    }

    private ResponseBatchItem run(RequestBatchItem item, Batch batch, Admission.Admitted admitted) {
        Operation operation = item.operation();
        try {
            requireNothingCritical(item);
            batch.requireRoom();
            Ttlv payload = admission.during(operation, admitted).run(operation, item.requestPayload(), batch);
            batch.answered(payload);
            LOG.debug("{} of {} succeeded", operation.xmlName(), batch.caller().subject());
            return new ResponseBatchItem(
                    operation, item.uniqueBatchItemId(), ResultStatus.SUCCESS, null, null, null, payload, null);
        } catch (KmipFailure e) {
            return failed(operation, item, e, batch);
        } catch (TokenException e) {
            return failed(operation, item, KmipFailure.of(e), batch);
        } catch (MalformedTtlvException e) {
            return failed(operation, item, new KmipFailure(ResultReason.INVALID_MESSAGE, said(e), e), batch);
        } catch (IllegalArgumentException e) {
            return failed(operation, item, new KmipFailure(ResultReason.INVALID_FIELD, said(e), e), batch);
        }
    }

    private static String said(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static void requireNothingCritical(RequestBatchItem item) throws KmipFailure {
        boolean critical = item.messageExtensions().stream()
                .anyMatch(extension -> Boolean.TRUE.equals(extension.criticalityIndicator()));
        if (critical) {
            throw new KmipFailure(ResultReason.FEATURE_NOT_SUPPORTED, "a critical Message Extension is not understood");
        }
        if (Boolean.TRUE.equals(item.ephemeral())) {
            throw new KmipFailure(ResultReason.FEATURE_NOT_SUPPORTED, "this server has no ephemeral results");
        }
    }

    private static ResponseBatchItem failed(
            Operation operation, RequestBatchItem item, KmipFailure failure, Batch batch) {
        LOG.debug("{} of {} failed: {}", operation.xmlName(), batch.caller().subject(), failure.getMessage());
        return failed(operation, item, failure, batch.version());
    }

    private static ResponseBatchItem failed(
            Operation operation, RequestBatchItem item, KmipFailure failure, KmipVersion version) {
        return new ResponseBatchItem(
                operation,
                item.uniqueBatchItemId(),
                ResultStatus.OPERATION_FAILED,
                failure.reason(version),
                failure.getMessage(),
                null,
                null,
                null);
    }

    private byte[] encoded(RequestHeader header, Admission.Admitted admitted, List<ResponseBatchItem> items) {
        KmipVersion version = header.protocolVersion();
        String correlation = version.isAtLeast(KmipVersion.V1_4) ? header.clientCorrelationValue() : null;
        return encoded(version, correlation, admitted.serverHashedPassword(), items);
    }

    private byte[] refused(KmipVersion version, ResultReason reason, @Nullable String message) {
        ResultReason understood = new KmipFailure(reason, "").reason(version);
        return encoded(
                version,
                null,
                null,
                List.of(new ResponseBatchItem(
                        null, null, ResultStatus.OPERATION_FAILED, understood, message, null, null, null)));
    }

    private byte[] encoded(
            KmipVersion version,
            @Nullable String correlation,
            @Nullable Bytes serverHashedPassword,
            List<ResponseBatchItem> items) {
        ResponseHeader header = new ResponseHeader(
                version,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                null,
                serverHashedPassword,
                List.of(),
                correlation,
                null,
                items.size());
        Ttlv.Structure message = MessageCodec.encode(new ResponseMessage(header, items));
        try {
            return TtlvEncoder.encode(message);
        } finally {
            message.wipe();
            items.forEach(RequestMachine::wipe);
        }
    }

    private static void wipe(ResponseBatchItem item) {
        if (item.responsePayload() != null) {
            item.responsePayload().wipe();
        }
    }
}
