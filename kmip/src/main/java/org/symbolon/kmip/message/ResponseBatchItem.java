package org.symbolon.kmip.message;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.ttlv.Ttlv;

/** Response Batch Item (KMIP 1.0 to 2.1). */
public record ResponseBatchItem(
        @Nullable Operation operation,
        @Nullable Bytes uniqueBatchItemId,
        ResultStatus resultStatus,
        @Nullable ResultReason resultReason,
        @Nullable String resultMessage,
        @Nullable Bytes asynchronousCorrelationValue,
        @Nullable Ttlv responsePayload,
        @Nullable MessageExtension messageExtension) {}
