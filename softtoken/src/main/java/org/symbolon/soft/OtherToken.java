package org.symbolon.soft;

import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Session;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SecretReference;

/**
 * Another token that this one leans on, opened for each use and closed again.
 *
 * @param uri its module
 * @param token which of the module's tokens
 * @param pin where its PIN is
 */
record OtherToken(String uri, Pkcs11Uri token, SecretReference pin) {
    /** What is done in it. */
    interface Work<T> {
        T run(Session session) throws TokenException;
    }

    <T> T call(Work<T> work) throws TokenException {
        try (Pin read = readPin();
                TokenModule module = TokenModule.open(uri);
                Session session = module.token(token).open(Login.user(read))) {
            return work.run(session);
        }
    }

    private Pin readPin() throws TokenException {
        try {
            return pin.read();
        } catch (ConfigurationException e) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the PIN of the token at " + uri + ": " + e.getMessage(), e);
        }
    }
}
