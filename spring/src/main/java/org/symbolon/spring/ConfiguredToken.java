package org.symbolon.spring;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.LoginMethod;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.jca.SymbolonProvider;

/** A token of the configuration and what of it is open. */
final class ConfiguredToken implements AutoCloseable {
    private final TokenConfiguration configuration;
    private final UnaryOperator<Session> customizer;
    private final Once<TokenModule> module;
    private final Once<Session> session = new Once<>(this::openSession);
    private final Once<SymbolonProvider> provider = new Once<>(this::openProvider);
    private final AtomicReference<@Nullable TokenAuthenticationException> refusal = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    ConfiguredToken(TokenConfiguration configuration, UnaryOperator<Session> customizer) {
        this.configuration = configuration;
        this.customizer = customizer;
        this.module = new Once<>(() -> {
            checkOpen();
            return configuration.openModule();
        });
    }

    TokenModule module() throws GeneralSecurityException {
        return module.get();
    }

    Token token() throws GeneralSecurityException {
        return configuration.token(module.get());
    }

    Session session() throws GeneralSecurityException {
        return session.get();
    }

    SymbolonProvider provider() throws GeneralSecurityException {
        return provider.get();
    }

    /** Whether somebody has logged in already. */
    boolean hasSession() {
        return session.peek().isPresent();
    }

    private SymbolonProvider openProvider() throws GeneralSecurityException {
        return SymbolonProvider.builder()
                .session(session.get())
                .name(freeName(SymbolonProvider.NAME + "-" + configuration.name()))
                .build();
    }

    /** Several applications in one JVM, as in a server or in tests, may name their tokens alike. */
    private static String freeName(String wanted) {
        String name = wanted;
        for (int number = 2; Security.getProvider(name) != null; number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    /**
     * A refused PIN is not tried a second time: beans are asked for again and again, and each try is one of the few that a
     * token grants before it locks.
     */
    private Session openSession() throws GeneralSecurityException {
        TokenAuthenticationException refused = refusal.get();
        if (refused != null) {
            throw refused;
        }
        checkOpen();
        Token token = token();
        try {
            return customizer.apply(open(token));
        } catch (TokenAuthenticationException e) {
            refusal.set(e);
            throw e;
        }
    }

    private Session open(Token token) throws GeneralSecurityException {
        if (configuration.loginMethod() == LoginMethod.PIN) {
            try (Pin pin = configuration.pin().orElseThrow().read()) {
                return token.open(Login.user(pin));
            }
        }
        return token.open(withoutPin(configuration.loginMethod()));
    }

    private static Login withoutPin(LoginMethod method) throws TokenException {
        return switch (method) {
            case PROTECTED_PATH -> Login.protectedPath();
            case IDENTITY -> Login.identity();
            case NONE, PIN -> Login.none();
        };
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the token " + configuration.name() + " was closed with the application");
        }
    }

    /** Closes what is open. Idempotent, throws nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            provider.peek().ifPresent(SymbolonProvider::close);
            session.peek().ifPresent(Session::close);
            Optional<TokenModule> open = module.peek();
            open.ifPresent(TokenModule::close);
        }
    }
}
