package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;

/** Mac Signature Key Information (KMIP 1.0 to 2.1). */
public record MacSignatureKeyInformation(
        UniqueIdentifier uniqueIdentifier, @Nullable CryptographicParameters cryptographicParameters) {}
