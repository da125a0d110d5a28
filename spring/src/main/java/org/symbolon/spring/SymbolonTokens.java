package org.symbolon.spring;

import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.jca.SymbolonProvider;

/**
 * The tokens of the application's configuration, by name. Each is opened when it is first asked for, once, and closed with
 * the application; nobody else closes what is returned here.
 *
 * <p>A PIN that a token refused is not tried again until the application is started anew: the same
 * {@link TokenAuthenticationException} is thrown then. Other failures are not remembered.
 *
 * <p>Thread-safe. Opening blocks for at most the token's timeout at each step.
 */
public final class SymbolonTokens implements AutoCloseable {
    private final Map<String, ConfiguredToken> tokens = new LinkedHashMap<>();

    SymbolonTokens(Map<String, TokenConfiguration> configurations, Supplier<List<SessionCustomizer>> customizers) {
        configurations.forEach((name, configuration) -> tokens.put(
                name, new ConfiguredToken(configuration, session -> customized(name, session, customizers.get()))));
    }

    private static Session customized(String name, Session session, List<SessionCustomizer> customizers) {
        Session customized = session;
        for (SessionCustomizer customizer : customizers) {
            customized = customizer.customize(name, customized);
        }
        return customized;
    }

    /** {@return the names of the tokens} */
    public Set<String> names() {
        return Set.copyOf(tokens.keySet());
    }

    /**
     * Returns the module that a token is in.
     *
     * @param name the token's name
     * @return the module
     * @throws TokenException if it cannot be opened
     * @throws ConfigurationException if what the configuration refers to cannot be read
     * @throws IllegalArgumentException if there is no token of this name
     */
    public TokenModule module(String name) throws TokenException, ConfigurationException {
        return call(configured(name)::module);
    }

    /**
     * Returns a token, which says of itself what anyone may know. Does not log in.
     *
     * @param name the token's name
     * @return the token
     * @throws TokenException if the module cannot be opened or has no such token
     * @throws ConfigurationException if what the configuration refers to cannot be read
     * @throws IllegalArgumentException if there is no token of this name
     */
    public Token token(String name) throws TokenException, ConfigurationException {
        return call(configured(name)::token);
    }

    /**
     * Returns the application's session on a token, logged in as the configuration says.
     *
     * @param name the token's name
     * @return the session
     * @throws TokenException if the token cannot be opened or refuses the login
     * @throws ConfigurationException if the PIN cannot be read
     * @throws IllegalArgumentException if there is no token of this name
     */
    public Session session(String name) throws TokenException, ConfigurationException {
        return call(configured(name)::session);
    }

    /**
     * Returns the JCA provider of a token, named {@code Symbolon-} and the token's name. It is among the JVM's providers only
     * if {@code symbolon.jca.enabled} or an SSL bundle puts it there.
     *
     * @param name the token's name
     * @return the provider
     * @throws TokenException if the token cannot be opened or refuses the login
     * @throws ConfigurationException if the PIN cannot be read
     * @throws IllegalArgumentException if there is no token of this name
     */
    public SymbolonProvider provider(String name) throws TokenException, ConfigurationException {
        return call(configured(name)::provider);
    }

    boolean hasSession(String name) {
        return configured(name).hasSession();
    }

    private ConfiguredToken configured(String name) {
        ConfiguredToken token = tokens.get(name);
        if (token == null) {
            throw new IllegalArgumentException("no token is named '" + name + "'; " + present());
        }
        return token;
    }

    private String present() {
        return tokens.isEmpty()
                ? "there is none under symbolon.tokens"
                : "there are " + String.join(", ", tokens.keySet());
    }

    /**
     * Checks a name that a property gives.
     *
     * @throws SymbolonPropertyException if there is no token of this name
     */
    String named(String property, String name) {
        if (!tokens.containsKey(name)) {
            throw new SymbolonPropertyException(property, "names no token, '" + name + "'; " + present(), null);
        }
        return name;
    }

    /**
     * Returns the only token's name, for a property that may be left out then.
     *
     * @throws SymbolonPropertyException if there is not exactly one
     */
    String only(String property) {
        if (tokens.size() != 1) {
            throw new SymbolonPropertyException(property, "must name a token; " + present(), null);
        }
        return tokens.keySet().iterator().next();
    }

    private static <T> T call(Once.Opening<T> opening) throws TokenException, ConfigurationException {
        try {
            return opening.open();
        } catch (TokenException | ConfigurationException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes every provider, session and module that was opened. Spring calls it. Idempotent, throws nothing. */
    @Override
    public void close() {
        tokens.values().forEach(ConfiguredToken::close);
    }
}
