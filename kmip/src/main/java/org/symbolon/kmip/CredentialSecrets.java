package org.symbolon.kmip;

import org.jspecify.annotations.Nullable;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.OneTimePassword;
import org.symbolon.kmip.object.UsernameAndPassword;

/** The secrets in credentials. */
final class CredentialSecrets {
    private CredentialSecrets() {}

    static void wipe(Credential credential) {
        if (credential instanceof UsernameAndPassword user) {
            close(user.password());
        } else if (credential instanceof Device device) {
            close(device.password());
        } else if (credential instanceof OneTimePassword once) {
            close(once.password());
            close(once.oneTimePassword());
        }
    }

    private static void close(@Nullable SecretBytes secret) {
        if (secret != null) {
            secret.close();
        }
    }
}
