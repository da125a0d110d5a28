package org.symbolon.config;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.SessionSource;
import org.symbolon.Status;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;

/** A configured token, opened and logged in to as the file says; its PIN is read anew for each login but the first. */
final class ConfiguredSource implements SessionSource {
    private final TokenConfiguration configuration;
    private final AtomicReference<@Nullable Login> first;

    /** Takes the first login, whose PIN belongs to the live token. */
    ConfiguredSource(TokenConfiguration configuration, Login first) {
        this.configuration = configuration;
        this.first = new AtomicReference<>(first);
    }

    @Override
    public Token openToken() throws TokenException {
        TokenModule module = configuration.openModule();
        Token token = null;
        try {
            token = configuration.token(module);
            return token;
        } finally {
            if (token == null) {
                module.close();
            }
        }
    }

    @Override
    public Login login() throws TokenException {
        Login ready = first.getAndSet(null);
        if (ready != null) {
            return ready;
        }
        try {
            return configuration.login();
        } catch (ConfigurationException e) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"), "the PIN cannot be read again: " + e.getMessage(), e);
        }
    }
}
