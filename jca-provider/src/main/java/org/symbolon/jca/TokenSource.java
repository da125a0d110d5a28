package org.symbolon.jca;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Backends;
import org.symbolon.Pin;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.Configuration;
import org.symbolon.config.OpenToken;
import org.symbolon.config.SecretReference;
import org.symbolon.config.TokenConfiguration;

/** Where a provider's token comes from. Opening may block; thread-safe. */
sealed interface TokenSource {
    /**
     * Opens the token as its configuration says.
     *
     * @throws GeneralSecurityException as a TokenException or ConfigurationException, whose messages say why
     */
    Opened open() throws GeneralSecurityException;

    /**
     * A session.
     *
     * @param closing what must be closed with it
     * @param certificates what the configuration completes its chains with
     */
    record Opened(Session session, Runnable closing, List<Path> certificates) {}

    /** A session that the program opened, and closes itself. */
    record Given(Session session) implements TokenSource {
        @Override
        public Opened open() {
            return new Opened(session, () -> {}, List.of());
        }
    }

    /** The token that the configuration file names, if it names one only. */
    record Only() implements TokenSource {
        @Override
        public Opened open() throws GeneralSecurityException {
            Configuration configuration = Configuration.find();
            if (configuration.tokens().size() != 1) {
                throw new ProfileException("this provider has no token: "
                        + (configuration.tokens().isEmpty()
                                ? "there is no configuration file with one"
                                : "the configuration file names several, "
                                        + configuration.tokens().keySet())
                        + "; name one with configure(\"name\"), -providerarg name, or \"Symbolon name\" in"
                        + " java.security");
            }
            return opened(configuration.tokens().values().iterator().next());
        }
    }

    /** A token of the configuration file, by its name there. */
    record Named(String name) implements TokenSource {
        @Override
        public Opened open() throws GeneralSecurityException {
            return opened(Configuration.find().token(name));
        }
    }

    /** The token of the configuration file that a PKCS #11 URI matches. */
    record Matching(Pkcs11Uri uri) implements TokenSource {
        @Override
        public Opened open() throws GeneralSecurityException {
            Configuration configuration = Configuration.find();
            List<String> reasons = new ArrayList<>();
            List<TokenException> failures = new ArrayList<>();
            for (TokenConfiguration candidate : configuration.tokens().values()) {
                if (isMatching(candidate, reasons, failures)) {
                    return opened(withPinSource(candidate));
                }
            }
            ProfileException none = new ProfileException(
                    "no token of the configuration file matches " + uri
                            + (reasons.isEmpty() ? "; it names none" : ": " + String.join("; ", reasons)),
                    failures.isEmpty() ? null : failures.get(0));
            failures.stream().skip(1).forEach(none::addSuppressed);
            throw none;
        }

        /** Looks without logging in: a PIN belongs to one token, and another must not lose a try to it. */
        private boolean isMatching(TokenConfiguration candidate, List<String> reasons, List<TokenException> failures) {
            try (TokenModule module = candidate.openModule()) {
                Token token = candidate.token(module);
                if (uri.matches(token.info()) && uri.matches(token.slotInfo()) && uri.matches(module.info())) {
                    return true;
                }
                reasons.add(candidate.name() + " is \"" + token.info().label() + "\"");
            } catch (TokenException e) {
                reasons.add(candidate.name() + ": " + e.getMessage());
                failures.add(e);
            }
            return false;
        }

        private TokenConfiguration withPinSource(TokenConfiguration candidate) {
            return uri.pinSource()
                    .map(SecretReference::parse)
                    .map(candidate::withPin)
                    .orElse(candidate);
        }
    }

    /** The token of a module with one token, by the module's URI. */
    record Module(String uri) implements TokenSource {
        @Override
        public Opened open() throws GeneralSecurityException {
            return opened(TokenConfiguration.of(uri));
        }
    }

    private static Opened opened(TokenConfiguration configuration) throws GeneralSecurityException {
        OpenToken token = configuration.open();
        return new Opened(token.session(), token::close, configuration.certificates());
    }

    /**
     * Returns what a profile means: a PKCS #11 URI, the URI of a module, or a name in the configuration file.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static TokenSource of(String profile) {
        if (Pkcs11Uri.isPkcs11Uri(profile)) {
            return new Matching(withoutPin(profile));
        }
        int colon = profile.indexOf(':');
        if (colon > 0 && Backends.byScheme().containsKey(profile.substring(0, colon))) {
            return new Module(profile);
        }
        return new Named(profile);
    }

    private static Pkcs11Uri withoutPin(String profile) {
        Pkcs11Uri uri = Pkcs11Uri.parse(profile);
        Optional<Pin> pin = uri.pinValue();
        if (pin.isPresent()) {
            pin.get().close();
            throw new IllegalArgumentException(
                    uri + " holds a PIN, which a provider's argument would show; use pin-source=file:PATH");
        }
        uri.pinSource().ifPresent(SecretReference::parse);
        return uri;
    }

    /** Returns whether a session can see private objects already. */
    static boolean isLoggedIn(Session session) {
        return session.info().role() == Role.USER;
    }
}
