package org.symbolon.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pkcs11Uri;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.Durations;
import org.symbolon.config.TokenConfiguration;
import picocli.CommandLine.Option;

/** Which token a command works on. */
final class TokenOptions {
    /** The setting that pins a soft token's signing key, so that its public objects are trusted without a login. */
    static final String PINNED_KEY = "verify-key";

    @Option(
            names = {"-t", "--token"},
            paramLabel = "TOKEN",
            description = "A name from the configuration, or a module's URI such as soft:sqlite:team.db"
                    + " (default: the only token of the configuration).")
    private @Nullable String token;

    @Option(
            names = "--token-label",
            paramLabel = "LABEL",
            description = "Which of the module's tokens: its label or a pkcs11: URI.")
    private @Nullable String tokenLabel;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long a call may take, such as 10s.")
    private @Nullable String timeout;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "A setting of the backend, as in the configuration.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Returns options as if they had stood on the command line under these names. */
    static TokenOptions given(
            String token, @Nullable String tokenLabel, @Nullable String timeout, Map<String, String> settings) {
        TokenOptions options = new TokenOptions();
        options.token = token;
        options.tokenLabel = tokenLabel;
        options.timeout = timeout;
        options.settings = settings;
        return options;
    }

    /** Returns options as if this token alone had stood on the command line. */
    static TokenOptions named(String token) {
        return given(token, null, null, Map.of());
    }

    /** Returns these options with another token, and more settings for it. */
    TokenOptions at(String uri, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return given(uri, tokenLabel, timeout, all);
    }

    boolean isGiven() {
        return token != null;
    }

    /** Returns the token that is given, else {@code usual}, else the only one of the configuration. */
    TokenConfiguration choose(Configuration configuration, Optional<String> usual)
            throws CommandFailure, ConfigurationException {
        String chosen = token != null ? token : usual.orElse(null);
        if (chosen == null) {
            return adjusted(onlyOne(configuration));
        }
        if (Pkcs11Uri.isPkcs11Uri(chosen)) {
            throw CommandFailure.usage("a pkcs11: URI picks a token in a module; give the module with --token and the"
                    + " URI with --token-label");
        }
        return chosen.contains(":") ? ofUri(chosen) : adjusted(configuration.token(chosen));
    }

    TokenConfiguration choose(Configuration configuration) throws CommandFailure, ConfigurationException {
        return choose(configuration, Optional.empty());
    }

    private static TokenConfiguration onlyOne(Configuration configuration) throws CommandFailure {
        Map<String, TokenConfiguration> tokens = configuration.tokens();
        if (tokens.size() == 1) {
            return tokens.values().iterator().next();
        }
        throw CommandFailure.usage(
                tokens.isEmpty()
                        ? "which token? Give --token, such as --token soft:sqlite:team.db"
                        : "which token? Give --token with one of " + String.join(", ", tokens.keySet()));
    }

    /** Returns the token at a module's URI, with the command line's timeout and settings. */
    TokenConfiguration ofUri(String uri) {
        return adjusted(TokenConfiguration.of(uri));
    }

    private TokenConfiguration adjusted(TokenConfiguration configured) {
        Duration wait = timeout == null ? configured.timeout() : Durations.parse(timeout);
        Map<String, String> all = new LinkedHashMap<>(configured.settings());
        all.putAll(settings);
        return new TokenConfiguration(
                configured.name(),
                configured.uri(),
                tokenLabel == null ? configured.token() : tokenUri(tokenLabel),
                configured.loginMethod(),
                configured.pin(),
                configured.soPin(),
                wait,
                all,
                configured.certificates());
    }

    private static Pkcs11Uri tokenUri(String label) {
        return Pkcs11Uri.isPkcs11Uri(label) ? Pkcs11Uri.parse(label) : Pkcs11Uri.ofToken(label);
    }
}
