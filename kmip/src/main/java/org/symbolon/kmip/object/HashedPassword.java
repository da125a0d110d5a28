package org.symbolon.kmip.object;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CredentialType;
import org.symbolon.kmip.enumeration.HashingAlgorithm;

/** Hashed Password (KMIP 2.0 to 2.1). */
public record HashedPassword(
        String username, Instant timeStamp, @Nullable HashingAlgorithm hashingAlgorithm, Bytes hashedPassword)
        implements Credential {
    @Override
    public CredentialType credentialType() {
        return CredentialType.HASHED_PASSWORD;
    }
}
