package org.symbolon.tests.kmip;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseHeader;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.testing.KmipHandler;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/**
 * Makes of a server one that keeps neither vendors' attributes nor Application Specific Information, in KMIP 1.x: what gives them is
 * refused, who asks for them gets the others.
 */
final class PlainAttributes implements KmipHandler {
    private static final Tag NAME = Tag.named("AttributeName");
    private static final String APPLICATION = "Application Specific Information";

    private final KmipHandler server;
    private final AtomicInteger refused = new AtomicInteger();

    PlainAttributes(KmipHandler server) {
        this.server = server;
    }

    /** Returns how many messages were refused. */
    int refused() {
        return refused.get();
    }

    @Override
    public Ttlv.Structure answer(Ttlv.Structure request) throws IOException {
        try {
            RequestMessage message = MessageCodec.decodeRequest(request);
            if (message.items().stream().noneMatch(PlainAttributes::gives)) {
                return server.answer(request);
            }
            refused.incrementAndGet();
            List<ResponseBatchItem> items = message.items().stream()
                    .map(item -> new ResponseBatchItem(
                            item.operation(),
                            item.uniqueBatchItemId(),
                            ResultStatus.OPERATION_FAILED,
                            ResultReason.INVALID_FIELD,
                            "this server has no such attribute",
                            null,
                            null,
                            null))
                    .toList();
            ResponseHeader header = new ResponseHeader(
                    message.header().protocolVersion(), Instant.EPOCH, null, null, List.of(), null, null, items.size());
            return MessageCodec.encode(new ResponseMessage(header, items));
        } catch (MalformedTtlvException e) {
            throw new IOException(e);
        }
    }

    private static boolean gives(RequestBatchItem item) {
        return !item.operation().equals(Operation.GET_ATTRIBUTES) && names(item.requestPayload());
    }

    private static boolean names(Ttlv item) {
        if (item instanceof Ttlv.Structure structure) {
            return structure.fields().stream().anyMatch(PlainAttributes::names);
        }
        return item.tag().equals(NAME)
                && item instanceof Ttlv.Text text
                && (text.value().startsWith("x-") || text.value().equals(APPLICATION));
    }

    @Override
    public void close() {
        server.close();
    }
}
