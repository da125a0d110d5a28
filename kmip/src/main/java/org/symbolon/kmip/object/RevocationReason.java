package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.RevocationReasonCode;

/** Revocation Reason (KMIP 1.0 to 2.1). */
public record RevocationReason(
        RevocationReasonCode revocationReasonCode, @Nullable String revocationMessage) {}
