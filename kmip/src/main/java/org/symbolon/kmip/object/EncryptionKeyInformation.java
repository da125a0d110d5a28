package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;

/** Encryption Key Information (KMIP 1.0 to 2.1). */
public record EncryptionKeyInformation(
        UniqueIdentifier uniqueIdentifier, @Nullable CryptographicParameters cryptographicParameters) {}
