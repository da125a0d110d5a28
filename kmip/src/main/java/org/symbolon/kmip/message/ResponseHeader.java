package org.symbolon.kmip.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.AttestationType;
import org.symbolon.kmip.object.Nonce;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Response Header (KMIP 1.0 to 2.1). */
public record ResponseHeader(
        KmipVersion protocolVersion,
        Instant timeStamp,
        @Nullable Nonce nonce,
        @Nullable Bytes serverHashedPassword,
        List<AttestationType> attestationTypes,
        @Nullable String clientCorrelationValue,
        @Nullable String serverCorrelationValue,
        Integer batchCount) {
    public ResponseHeader {
        attestationTypes = List.copyOf(attestationTypes);
    }
}
