package org.symbolon.kmip.testing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;

/** Answers that refuse messages, or their items. */
final class Refusals {
    private Refusals() {}

    static Optional<Ttlv.Structure> everyItem(Ttlv.Structure request, ResultReason reason, String message)
            throws MalformedTtlvException {
        RequestMessage asked = MessageCodec.decodeRequest(request);
        List<ResponseBatchItem> items = asked.items().stream()
                .map(item -> new ResponseBatchItem(
                        item.operation(),
                        item.uniqueBatchItemId(),
                        ResultStatus.OPERATION_FAILED,
                        reason,
                        message,
                        null,
                        null,
                        null))
                .toList();
        return Optional.of(OperationsHandler.message(asked.header().protocolVersion(), items));
    }

    static Optional<Ttlv.Structure> versions(Ttlv.Structure request, Set<KmipVersion> refused)
            throws MalformedTtlvException {
        return refused.contains(MessageCodec.decodeRequest(request).header().protocolVersion())
                ? Optional.of(whole(KmipVersion.V1_0, ResultReason.INVALID_MESSAGE))
                : Optional.empty();
    }

    static Optional<Ttlv.Structure> batches(Ttlv.Structure request) throws MalformedTtlvException {
        RequestMessage asked = MessageCodec.decodeRequest(request);
        return asked.items().size() > 1
                ? Optional.of(whole(asked.header().protocolVersion(), ResultReason.INVALID_MESSAGE))
                : Optional.empty();
    }

    static Optional<Ttlv.Structure> goingOn(Ttlv.Structure request) throws MalformedTtlvException {
        RequestMessage asked = MessageCodec.decodeRequest(request);
        return BatchErrorContinuationOption.CONTINUE.equals(asked.header().batchErrorContinuationOption())
                ? Optional.of(whole(asked.header().protocolVersion(), ResultReason.FEATURE_NOT_SUPPORTED))
                : Optional.empty();
    }

    static Optional<Ttlv.Structure> size(Ttlv.Structure request) throws MalformedTtlvException {
        KmipVersion version = MessageCodec.decodeRequest(request).header().protocolVersion();
        return Optional.of(whole(version, ResultReason.RESPONSE_TOO_LARGE));
    }

    private static Ttlv.Structure whole(KmipVersion version, ResultReason reason) {
        return OperationsHandler.message(
                version,
                List.of(new ResponseBatchItem(
                        null,
                        null,
                        ResultStatus.OPERATION_FAILED,
                        reason,
                        "refused, as the test says",
                        null,
                        null,
                        null)));
    }
}
