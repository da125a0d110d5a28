package org.symbolon.jca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.SignatureException;
import java.security.UnrecoverableKeyException;
import java.util.OptionalInt;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;

/**
 * Says in the JCA's exceptions what a token said in ours. The cause is kept and its message repeated, because keytool,
 * jarsigner and many a log show the outermost message only.
 */
final class Failures {
    private Failures() {}

    static SignatureException signature(Exception cause) {
        return new SignatureException(cause.getMessage(), cause);
    }

    static ProviderException provider(Exception cause) {
        return new ProviderException(cause.getMessage(), cause);
    }

    static KeyStoreException keyStore(Exception cause) {
        return new KeyStoreException(cause.getMessage(), cause);
    }

    static UnrecoverableKeyException unrecoverable(Exception cause) {
        UnrecoverableKeyException failure = new UnrecoverableKeyException(text(cause));
        failure.initCause(cause);
        return failure;
    }

    /** Callers of KeyStore.load tell a wrong PIN by an UnrecoverableKeyException as the cause. */
    static IOException load(Exception cause) {
        return cause instanceof TokenAuthenticationException
                ? new IOException(text(cause), unrecoverable(cause))
                : new IOException(cause.getMessage(), cause);
    }

    static LoginException login(GeneralSecurityException cause) {
        LoginException failure = cause instanceof TokenAuthenticationException
                ? new FailedLoginException(text(cause))
                : new LoginException(cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    private static final Set<String> DOES_NOT_OPEN =
            Set.of("CKR_ENCRYPTED_DATA_INVALID", "CKR_ENCRYPTED_DATA_LEN_RANGE", "CKR_AEAD_DECRYPT_FAILED");

    /** Returns the one answer to a ciphertext that does not open, or the failure itself if it is another. */
    static TokenException decryption(TokenException cause) throws BadPaddingException {
        if (doesNotOpen(cause)) {
            throw badPadding("Decryption error", cause);
        }
        return cause;
    }

    /** Returns whether a token says that a ciphertext is none that the key makes. */
    static boolean doesNotOpen(TokenException cause) {
        return DOES_NOT_OPEN.contains(cause.status().name());
    }

    static BadPaddingException badPadding(String message, Exception cause) {
        BadPaddingException failure = new BadPaddingException(message);
        failure.initCause(cause);
        return failure;
    }

    private static String text(Exception cause) {
        if (!(cause instanceof TokenAuthenticationException refusal)) {
            return String.valueOf(cause.getMessage());
        }
        OptionalInt left = refusal.attemptsLeft();
        String tries =
                left.isEmpty() ? "" : left.getAsInt() == 1 ? "1 try is left" : left.getAsInt() + " tries are left";
        String said = refusal.getMessage();
        return said.contains(tries) ? said : said + " (" + tries + ")"; // many a token says so itself
    }
}
