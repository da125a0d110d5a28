package org.symbolon.cli;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.LoginMethod;
import org.symbolon.config.OpenToken;
import org.symbolon.config.TokenConfiguration;
import picocli.CommandLine.Option;

/** In whose name a command acts on its token. */
final class LoginOptions {
    /** What the URIs of KMIP servers begin with, on sockets and in HTTPS. */
    static final String KMIP = "kmip";

    @Option(
            names = "--pin",
            paramLabel = "REF",
            description = "The PIN by reference: env:NAME, file:PATH, fd:NUMBER or stdin"
                    + " (default: the configuration's, else you are asked).")
    private @Nullable String pin;

    @Option(names = "--so", description = "Log in as the security officer.")
    private boolean securityOfficer;

    /** Returns options as if this reference to a PIN had been given, or none. */
    static LoginOptions given(@Nullable String pin) {
        LoginOptions options = new LoginOptions();
        options.pin = pin;
        return options;
    }

    /** Returns the user's PIN itself: what moves a whole token wants it. */
    Pin userPin(Symbolon root, TokenConfiguration configured, TokenInfo info)
            throws CommandFailure, ConfigurationException, IOException {
        if (securityOfficer) {
            throw CommandFailure.usage(
                    "a whole token is moved by its user, not by the security officer: leave --so out");
        }
        return pin(root, configured, info);
    }

    /** What is done with a login. */
    @FunctionalInterface
    interface LoginWork<T> {
        T run(Login login) throws TokenException;
    }

    /** Does something in the name of the user, or with --so of the security officer, who is asked for the PIN if need be. */
    <T> T withLogin(Symbolon root, TokenConfiguration configured, TokenInfo info, LoginWork<T> work)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        try (Pin secret = pin(root, configured, info)) {
            root.terminal().status("logging in");
            return work.run(securityOfficer ? Login.securityOfficer(secret) : Login.user(secret));
        } finally {
            root.terminal().clearStatus();
        }
    }

    /** Opens the token as its user, who is asked for the PIN if need be. */
    OpenToken open(Symbolon root, TokenConfiguration configured)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        return open(root, configured, true);
    }

    /** Opens the token as its user if a PIN was given or configured, else as nobody. */
    OpenToken openForReading(Symbolon root, TokenConfiguration configured)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        return open(root, configured, pin != null || securityOfficer);
    }

    /** Opens the token as its user so that it outlives its connections, for what runs long. */
    OpenToken openLive(Symbolon root, TokenConfiguration configured)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        if (pin == null && !securityOfficer && configured.loginMethod() != LoginMethod.NONE) {
            return configured.open();
        }
        TokenInfo info;
        try (TokenModule module = configured.openModule()) {
            info = configured.token(module).info();
        }
        boolean asksItself = info.has(TokenFlag.PROTECTED_AUTHENTICATION_PATH);
        if (pin == null && (asksItself || !info.has(TokenFlag.LOGIN_REQUIRED))) {
            return configured.open(asksItself ? Login.protectedPath() : Login.none());
        }
        return withLogin(root, configured, info, configured::open);
    }

    private OpenToken open(Symbolon root, TokenConfiguration configured, boolean loginWanted)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        if (pin != null) {
            Pins.requireReference("--pin", pin);
        }
        TokenModule module = configured.openModule();
        Session session = null;
        try {
            Token token = configured.token(module);
            session = session(root, configured, token, loginWanted);
            return new OpenToken(module, session);
        } finally {
            if (session == null) {
                module.close();
            }
        }
    }

    private Session session(Symbolon root, TokenConfiguration configured, Token token, boolean loginWanted)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        if (!securityOfficer && pin == null) {
            if (configured.loginMethod() == LoginMethod.IDENTITY) {
                return token.open(Login.identity());
            }
            boolean asksItself = token.info().has(TokenFlag.PROTECTED_AUTHENTICATION_PATH);
            if (configured.loginMethod() == LoginMethod.PROTECTED_PATH
                    || (asksItself && (loginWanted || isKnownByCertificate(configured)))) {
                return token.open(Login.protectedPath());
            }
            if (!loginWanted && configured.pin().isEmpty()) {
                return token.open(Login.none());
            }
        }
        try (Pin secret = pin(root, configured, token.info())) {
            root.terminal().status("logging in");
            return token.open(securityOfficer ? Login.securityOfficer(secret) : Login.user(secret));
        } finally {
            root.terminal().clearStatus();
        }
    }

    /** A KMIP server knows the client by its certificate: a login asks nobody for anything, so that reading takes it too. */
    private static boolean isKnownByCertificate(TokenConfiguration configured) {
        return configured.uri().startsWith(KMIP);
    }

    private Pin pin(Symbolon root, TokenConfiguration configured, TokenInfo info)
            throws CommandFailure, ConfigurationException, IOException {
        Pins pins = new Pins(root.terminal());
        if (pin != null) {
            return pins.read("--pin", pin);
        }
        Optional<Pin> fromFile = configuredPin(configured);
        return fromFile.isPresent() ? fromFile.get() : pins.ask(whose(info), "--pin");
    }

    private Optional<Pin> configuredPin(TokenConfiguration configured) throws ConfigurationException {
        var reference = securityOfficer ? configured.soPin() : configured.pin();
        return reference.isEmpty()
                ? Optional.empty()
                : Optional.of(reference.get().read());
    }

    private String whose(TokenInfo info) {
        return (securityOfficer ? "security officer's PIN" : "user PIN") + " of token \"" + info.label() + "\"";
    }
}
