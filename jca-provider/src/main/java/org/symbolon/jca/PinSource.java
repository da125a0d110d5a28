package org.symbolon.jca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.TokenFlag;

/** Where a provider asks for the PIN. PINs are wiped as soon as they were used. Thread-safe. */
final class PinSource {
    private static final String DEFAULT_HANDLER = "auth.login.defaultCallbackHandler";

    private volatile @Nullable CallbackHandler handler;

    /** Something that is done with a login. */
    @FunctionalInterface
    interface Use {
        void apply(Login login) throws GeneralSecurityException;
    }

    void setHandler(@Nullable CallbackHandler newHandler) {
        handler = newHandler;
    }

    /** Returns whether the program has said whom to ask. */
    boolean hasHandler() {
        return handler != null;
    }

    /** Asks for the PIN and uses it; a token with a way of its own to ask is left to do so. */
    void withPin(@Nullable CallbackHandler given, Session session, Use use) throws GeneralSecurityException {
        if (session.info().token().has(TokenFlag.PROTECTED_AUTHENTICATION_PATH)) {
            use.apply(Login.protectedPath());
            return;
        }
        CallbackHandler asked = given != null ? given : handler != null ? handler : defaultHandler();
        String label = session.info().token().label();
        if (asked == null) {
            throw new LoginException(
                    "no PIN for token \"" + label + "\": give a password or a CallbackHandler, refer to"
                            + " it in the configuration file, or set the security property " + DEFAULT_HANDLER);
        }
        withPassword(ask(asked, label), use);
    }

    /**
     * Logs in with a password.
     *
     * @param password wiped here
     */
    static void withPassword(char[] password, Use use) throws GeneralSecurityException {
        try (Pin pin = pin(password)) {
            use.apply(Login.user(pin));
        }
    }

    private static Pin pin(char[] password) throws LoginException {
        try {
            return Pin.of(password);
        } catch (IllegalArgumentException e) {
            throw failure(e.getMessage(), e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** Asks a handler for a PIN, which the caller wipes. */
    static char[] ask(CallbackHandler handler, String label) throws LoginException {
        PasswordCallback callback = new PasswordCallback("PIN of token \"" + label + "\": ", false);
        try {
            handler.handle(new Callback[] {callback});
        } catch (IOException | UnsupportedCallbackException e) {
            throw failure("the CallbackHandler did not give the PIN of token \"" + label + "\": " + e.getMessage(), e);
        }
        char[] answer = callback.getPassword();
        callback.clearPassword();
        if (answer == null) {
            throw new LoginException("the CallbackHandler gave no PIN for token \"" + label + "\"");
        }
        return answer;
    }

    private static @Nullable CallbackHandler defaultHandler() throws LoginException {
        String name = Security.getProperty(DEFAULT_HANDLER);
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            return Class.forName(name.strip(), true, ClassLoader.getSystemClassLoader())
                    .asSubclass(CallbackHandler.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw failure(
                    "the security property " + DEFAULT_HANDLER + " names " + name.strip() + ", which cannot be used: "
                            + e,
                    e);
        }
    }

    private static LoginException failure(@Nullable String message, Exception cause) {
        LoginException failure = new LoginException(message);
        failure.initCause(cause);
        return failure;
    }
}
