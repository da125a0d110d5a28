package org.symbolon.kmip;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseHeader;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Ttlv;

/** Answers of a scripted server. */
final class Answer {
    private Answer() {}

    /** A message with items. */
    static Ttlv message(KmipVersion version, ResponseBatchItem... items) {
        return MessageCodec.encode(new ResponseMessage(
                new ResponseHeader(
                        version, Instant.ofEpochSecond(1_700_000_000), null, null, List.of(), null, null, items.length),
                List.of(items)));
    }

    /** What a request succeeded with. */
    static ResponseBatchItem success(RequestBatchItem request, KmipResponse response, KmipVersion version) {
        return new ResponseBatchItem(
                request.operation(),
                request.uniqueBatchItemId(),
                ResultStatus.SUCCESS,
                null,
                null,
                null,
                MessageCodec.encodePayload(response, version),
                null);
    }

    /** Why a request failed. */
    static ResponseBatchItem failure(@Nullable RequestBatchItem request, ResultReason reason, String message) {
        Operation operation = request == null ? null : request.operation();
        return new ResponseBatchItem(
                operation,
                request == null ? null : request.uniqueBatchItemId(),
                ResultStatus.OPERATION_FAILED,
                reason,
                message,
                null,
                null,
                null);
    }

    /** The only item of a request. */
    static RequestBatchItem only(RequestMessage request) {
        if (request.items().size() != 1) {
            throw new AssertionError(request.items().size() + " items came");
        }
        return request.items().get(0);
    }
}
