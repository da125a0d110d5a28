package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.CredentialType;

/** Device (KMIP 1.1 to 2.1). */
public record Device(
        @Nullable String deviceSerialNumber,
        @Nullable SecretBytes password,
        @Nullable String deviceIdentifier,
        @Nullable String networkIdentifier,
        @Nullable String machineIdentifier,
        @Nullable String mediaIdentifier)
        implements Credential {
    @Override
    public CredentialType credentialType() {
        return CredentialType.DEVICE;
    }
}
