package org.symbolon.kmip.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.ttlv.Ttlv;

/** Request Batch Item (KMIP 1.0 to 2.1). */
public record RequestBatchItem(
        Operation operation,
        @Nullable Boolean ephemeral,
        @Nullable Bytes uniqueBatchItemId,
        Ttlv requestPayload,
        List<MessageExtension> messageExtensions) {
    public RequestBatchItem {
        messageExtensions = List.copyOf(messageExtensions);
    }
}
