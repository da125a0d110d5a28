package org.symbolon.kmip.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.AsynchronousIndicator;
import org.symbolon.kmip.enumeration.AttestationType;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Request Header (KMIP 1.0 to 2.1). */
public record RequestHeader(
        KmipVersion protocolVersion,
        @Nullable Integer maximumResponseSize,
        @Nullable String clientCorrelationValue,
        @Nullable String serverCorrelationValue,
        @Nullable AsynchronousIndicator asynchronousIndicator,
        @Nullable Boolean attestationCapableIndicator,
        List<AttestationType> attestationTypes,
        @Nullable Authentication authentication,
        @Nullable BatchErrorContinuationOption batchErrorContinuationOption,
        @Nullable Boolean batchOrderOption,
        @Nullable Instant timeStamp,
        Integer batchCount) {
    public RequestHeader {
        attestationTypes = List.copyOf(attestationTypes);
    }
}
