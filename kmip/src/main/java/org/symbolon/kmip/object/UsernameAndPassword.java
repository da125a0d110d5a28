package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.CredentialType;

/**
 * A user's name and password (KMIP 1.0 to 2.1).
 *
 * @param username who
 * @param password the password in UTF-8
 */
public record UsernameAndPassword(String username, @Nullable SecretBytes password) implements Credential {
    /**
     * Returns a credential.
     *
     * @param username who
     * @param password the password; copied
     * @return the credential; whoever is done with it closes its password
     */
    public static UsernameAndPassword of(String username, Pin password) {
        return new UsernameAndPassword(username, SecretBytes.takeOver(password.toUtf8()));
    }

    @Override
    public CredentialType credentialType() {
        return CredentialType.USERNAME_AND_PASSWORD;
    }
}
