package org.symbolon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.LiveToken;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/**
 * A token as a configuration file names it.
 *
 * <pre>{@code
 * try (OpenToken team = configuration.token("team").open()) {
 *     team.session().findAll(ObjectQuery.publicKeys());
 * }
 * }</pre>
 *
 * @param name its name in the file
 * @param uri the module's URI, such as {@code soft:sqlite:/var/lib/team.db}
 * @param token which of the module's tokens; matches any, for modules that have one
 * @param loginMethod how {@link #open()} logs in
 * @param pin where the user's PIN is
 * @param soPin where the security officer's PIN is
 * @param timeout how long a call may block
 * @param settings the backend's own settings
 * @param certificates files and folders of certificates that complete the chains of its keys in a {@code KeyStore}
 */
public record TokenConfiguration(
        String name,
        String uri,
        Pkcs11Uri token,
        LoginMethod loginMethod,
        Optional<SecretReference> pin,
        Optional<SecretReference> soPin,
        Duration timeout,
        Map<String, String> settings,
        List<Path> certificates) {
    /** Copies the settings and the list. */
    public TokenConfiguration {
        settings = Map.copyOf(settings);
        certificates = List.copyOf(certificates);
    }

    /**
     * Returns the token of a module with one token, as nobody has configured it: without login and settings.
     *
     * @param uri the module's URI
     * @return the token, named by the URI
     */
    public static TokenConfiguration of(String uri) {
        return new TokenConfiguration(
                uri,
                uri,
                Pkcs11Uri.any(),
                LoginMethod.NONE,
                Optional.empty(),
                Optional.empty(),
                ModuleOptions.ofDefaults().timeout(),
                Map.of(),
                List.of());
    }

    /**
     * Returns the same token with a login by another PIN.
     *
     * @param newPin where the user's PIN is
     * @return the token
     */
    public TokenConfiguration withPin(SecretReference newPin) {
        return new TokenConfiguration(
                name, uri, token, LoginMethod.PIN, Optional.of(newPin), soPin, timeout, settings, certificates);
    }

    /** Returns the options that the module is opened with. */
    public ModuleOptions options() {
        return new ModuleOptions(timeout, ModuleOptions.ofDefaults().closePolicy(), settings);
    }

    /**
     * Opens the module that the token lives in.
     *
     * @return the module, to be closed
     * @throws TokenException if it cannot be opened
     */
    public TokenModule openModule() throws TokenException {
        return TokenModule.open(uri, options());
    }

    /**
     * Finds the token in its module.
     *
     * @param module the module, as {@link #openModule} opened it
     * @return the token
     * @throws TokenException if there is none that fits, or several do
     */
    public Token token(TokenModule module) throws TokenException {
        return module.token(token);
    }

    /**
     * Opens the token and logs in as the file says. The session is live: it outlives its connection, as
     * {@link LiveToken} says, and reads the PIN again when it has to log in again.
     *
     * @return the session, to be closed
     * @throws ConfigurationException if the PIN cannot be read
     * @throws TokenException if the token cannot be opened or refuses the login
     */
    public OpenToken open() throws ConfigurationException, TokenException {
        Login login = login();
        LiveToken token = null;
        Session session = null;
        try {
            token = LiveToken.of(new ConfiguredSource(this, login));
            session = token.open();
            return new OpenToken(token.module(), session);
        } finally {
            closeUnless(session != null, token);
            pinOf(login).ifPresent(Pin::close);
        }
    }

    /**
     * Opens the token with another login than the file's. The session is live, and keeps a copy of the login's PIN until
     * it is closed.
     *
     * @param login in whose name
     * @return the session, to be closed
     * @throws TokenException if the token cannot be opened or refuses the login
     */
    public OpenToken open(Login login) throws TokenException {
        LiveToken token = LiveToken.of(new ConfiguredSource(this, Login.none()));
        Session session = null;
        try {
            session = token.token().open(login);
            return new OpenToken(token.module(), session);
        } finally {
            closeUnless(session != null, token);
        }
    }

    private static void closeUnless(boolean opened, @Nullable LiveToken token) {
        if (!opened && token != null) {
            token.close();
        }
    }

    /** Returns the file's login; a PIN in it was read for this call and is the caller's to close. */
    Login login() throws ConfigurationException {
        return switch (loginMethod) {
            case NONE -> Login.none();
            case PROTECTED_PATH -> Login.protectedPath();
            case IDENTITY -> Login.identity();
            case PIN -> Login.user(readPin());
        };
    }

    private static Optional<Pin> pinOf(Login login) {
        return login instanceof Login.User user ? Optional.of(user.pin()) : Optional.empty();
    }

    private Pin readPin() throws ConfigurationException {
        SecretReference reference = pin.orElseThrow(
                () -> new ConfigurationException("tokens." + name + " has no pin to log in with", null));
        return reference.read();
    }
}
