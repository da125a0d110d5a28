package org.symbolon.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
 */
public record TokenConfiguration(
        String name,
        String uri,
        Pkcs11Uri token,
        LoginMethod loginMethod,
        Optional<SecretReference> pin,
        Optional<SecretReference> soPin,
        Duration timeout,
        Map<String, String> settings) {
    /** Copies the settings. */
    public TokenConfiguration {
        settings = Map.copyOf(settings);
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
     * Opens the token and logs in as the file says.
     *
     * @return the session, to be closed
     * @throws ConfigurationException if the PIN cannot be read
     * @throws TokenException if the token cannot be opened or refuses the login
     */
    public OpenToken open() throws ConfigurationException, TokenException {
        try (Secret secret = secret()) {
            return open(secret.login());
        }
    }

    /**
     * Opens the token with another login than the file's.
     *
     * @param login in whose name
     * @return the session, to be closed
     * @throws TokenException if the token cannot be opened or refuses the login
     */
    public OpenToken open(Login login) throws TokenException {
        TokenModule module = openModule();
        Session session = null;
        try {
            session = token(module).open(login);
            return new OpenToken(module, session);
        } finally {
            if (session == null) {
                module.close();
            }
        }
    }

    /** A login together with the PIN to wipe after it. */
    private record Secret(Login login, Optional<Pin> pin) implements AutoCloseable {
        @Override
        public void close() {
            pin.ifPresent(Pin::close);
        }
    }

    private Secret secret() throws ConfigurationException {
        return switch (loginMethod) {
            case NONE -> new Secret(Login.none(), Optional.empty());
            case PROTECTED_PATH -> new Secret(Login.protectedPath(), Optional.empty());
            case IDENTITY -> new Secret(Login.identity(), Optional.empty());
            case PIN -> {
                Pin read = readPin();
                yield new Secret(Login.user(read), Optional.of(read));
            }
        };
    }

    private Pin readPin() throws ConfigurationException {
        SecretReference reference = pin.orElseThrow(
                () -> new ConfigurationException("tokens." + name + " has no pin to log in with", null));
        return reference.read();
    }
}
