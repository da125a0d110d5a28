package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.CredentialType;

/** One Time Password (KMIP 2.0 to 2.1). */
public record OneTimePassword(String username, @Nullable SecretBytes password, SecretBytes oneTimePassword)
        implements Credential {
    @Override
    public CredentialType credentialType() {
        return CredentialType.ONE_TIME_PASSWORD;
    }
}
