package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;

/** Digest (KMIP 1.0 to 2.1). */
public record Digest(
        HashingAlgorithm hashingAlgorithm,
        @Nullable Bytes digestValue,
        @Nullable KeyFormatType keyFormatType) {}
