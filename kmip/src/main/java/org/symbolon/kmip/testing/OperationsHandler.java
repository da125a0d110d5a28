package org.symbolon.kmip.testing;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseHeader;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Ttlv;

/** Does the items of each message one by one. */
record OperationsHandler(Operations operations) implements KmipHandler {
    @Override
    public Ttlv.Structure answer(Ttlv.Structure request) throws IOException {
        RequestMessage message = MessageCodec.decodeRequest(request);
        KmipVersion version = message.header().protocolVersion();
        boolean goOn =
                BatchErrorContinuationOption.CONTINUE.equals(message.header().batchErrorContinuationOption());
        List<ResponseBatchItem> items = new ArrayList<>();
        for (RequestBatchItem asked : message.items()) {
            ResponseBatchItem done = item(asked, version);
            items.add(done);
            if (!goOn && !done.resultStatus().equals(ResultStatus.SUCCESS)) {
                break;
            }
        }
        return message(version, items);
    }

    /** A message with items. */
    static Ttlv.Structure message(KmipVersion version, List<ResponseBatchItem> items) {
        return MessageCodec.encode(new ResponseMessage(
                new ResponseHeader(
                        version,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        items.size()),
                items));
    }

    private ResponseBatchItem item(RequestBatchItem asked, KmipVersion version) throws IOException {
        OperationTable.Row row = OperationTable.row(asked.operation())
                .orElseThrow(() -> new IOException(asked.operation() + " is no operation"));
        KmipRequest<?> request = MessageCodec.decodePayload(asked.requestPayload(), row.request(), version);
        try {
            KmipResponse response = request instanceof DiscoverVersions.Request
                    ? new DiscoverVersions.Response(KmipVersion.SUPPORTED)
                    : operations.answer(request);
            return new ResponseBatchItem(
                    asked.operation(),
                    asked.uniqueBatchItemId(),
                    ResultStatus.SUCCESS,
                    null,
                    null,
                    null,
                    MessageCodec.encodePayload(response, version),
                    null);
        } catch (TokenException e) {
            return new ResponseBatchItem(
                    asked.operation(),
                    asked.uniqueBatchItemId(),
                    ResultStatus.OPERATION_FAILED,
                    reason(e),
                    e.getMessage(),
                    null,
                    null,
                    null);
        }
    }

    private static ResultReason reason(TokenException failure) {
        String name = failure.status().name();
        return ResultReason.GENERAL_FAILURE.table().number(name).isPresent()
                ? ResultReason.named(name)
                : ResultReason.GENERAL_FAILURE;
    }
}
