package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.AttestationType;
import org.symbolon.kmip.enumeration.CredentialType;

/** Attestation (KMIP 1.2 to 2.1). */
public record Attestation(
        Nonce nonce,
        AttestationType attestationType,
        @Nullable Bytes attestationMeasurement,
        @Nullable Bytes attestationAssertion)
        implements Credential {
    @Override
    public CredentialType credentialType() {
        return CredentialType.ATTESTATION;
    }
}
