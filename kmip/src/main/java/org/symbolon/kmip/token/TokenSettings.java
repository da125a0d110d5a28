package org.symbolon.kmip.token;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.config.Durations;
import org.symbolon.config.SecretReference;
import org.symbolon.kmip.KmipEncoding;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * The settings of a module of KMIP tokens.
 *
 * @param trust the PEM file of the authorities whose servers are trusted; the JVM's own where it is not said
 * @param keyStore the PKCS #12 file with the client's key
 * @param keyStorePassword what opens it
 * @param username the user that requests name
 * @param password that user's password; without it the PIN of a login is
 * @param version the version to speak, where it is not agreed on
 * @param encoding how messages are written by HTTPS
 * @param groups the Object Groups that are tokens; none: the whole server is one
 * @param crypto where keys are used
 * @param activation which keys are activated
 * @param labels what carries CKA_LABEL, where it is not found out
 * @param connections the most connections
 * @param pageSize how many objects are asked for at a time
 * @param poll how often the server is asked for changes while somebody listens
 * @param timeout how long a call blocks at most
 */
record TokenSettings(
        Optional<Path> trust,
        Optional<Path> keyStore,
        Optional<SecretReference> keyStorePassword,
        Optional<String> username,
        Optional<SecretReference> password,
        Optional<KmipVersion> version,
        KmipEncoding encoding,
        List<String> groups,
        Crypto crypto,
        Activation activation,
        Optional<LabelCarrier> labels,
        int connections,
        int pageSize,
        Duration poll,
        Duration timeout) {
    private static final String TRUST = "trust";
    private static final String KEY_STORE = "key-store";
    private static final String KEY_STORE_PASSWORD = "key-store-password";
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String VERSION = "version";
    private static final String ENCODING = "encoding";
    private static final String GROUPS = "groups";
    private static final String CRYPTO = "crypto";
    private static final String ACTIVATE = "activate";
    private static final String LABELS = "labels";
    private static final String CONNECTIONS = "connections";
    private static final String PAGE_SIZE = "page-size";
    private static final String POLL = "poll";

    private static final int MAX_CONNECTIONS = 256;
    private static final int DEFAULT_CONNECTIONS = 8;
    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 256;
    private static final Duration DEFAULT_POLL = Duration.ofSeconds(2);

    /** What each setting means. */
    static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry(TRUST, "a file of PEM certificates that sign servers' certificates; those of the JVM by default"),
            Map.entry(KEY_STORE, "a PKCS #12 file with the client's key and certificate"),
            Map.entry(KEY_STORE_PASSWORD, "the password of that file, a reference such as ${file:/run/secrets/kmip}"),
            Map.entry(USERNAME, "the user that requests name, beside the client's certificate"),
            Map.entry(PASSWORD, "that user's password, a reference; without it the PIN of each login is the password"),
            Map.entry(VERSION, "the version to speak, 1.0 to 2.1, with servers that cannot agree on one"),
            Map.entry(ENCODING, "how messages are written by HTTPS: ttlv (the default), xml or json"),
            Map.entry(
                    GROUPS,
                    "the Object Groups that are tokens, separated by commas; without it the server is one token"),
            Map.entry(CRYPTO, "where private and secret keys are used: server, local (keys that may leave), or auto"),
            Map.entry(
                    ACTIVATE,
                    "which keys are activated: made (those that are made here), used (also those that are used) or"
                            + " never"),
            Map.entry(LABELS, "what carries CKA_LABEL: application (Application Specific Information), name, or auto"),
            Map.entry(CONNECTIONS, "the most connections, 1 to " + MAX_CONNECTIONS + " (" + DEFAULT_CONNECTIONS + ")"),
            Map.entry(PAGE_SIZE, "how many objects are read at a time, 1 to " + MAX_PAGE + " (" + DEFAULT_PAGE + ")"),
            Map.entry(POLL, "after how long what others changed is noticed, such as 2s (the default)"));

    /** The settings that are secrets. */
    static final Set<String> SECRETS = Set.of(KEY_STORE_PASSWORD, PASSWORD);

    /** Where private and secret keys are used. */
    enum Crypto {
        SERVER,
        LOCAL,
        AUTO
    }

    /** Which keys are activated. */
    enum Activation {
        MADE,
        USED,
        NEVER
    }

    /** What carries CKA_LABEL. */
    enum LabelCarrier {
        APPLICATION,
        NAME
    }

    TokenSettings {
        groups = List.copyOf(groups);
    }

    static TokenSettings of(ModuleUri uri, ModuleOptions given) {
        ModuleOptions options = ServerUri.withSettings(uri, given);
        if (options.setting(PASSWORD).isPresent() && options.setting(USERNAME).isEmpty()) {
            throw new IllegalArgumentException(PASSWORD + " of " + uri + " goes with " + USERNAME);
        }
        return new TokenSettings(
                options.setting(TRUST).map(Path::of),
                options.setting(KEY_STORE).map(Path::of),
                options.setting(KEY_STORE_PASSWORD).map(SecretReference::parse),
                options.setting(USERNAME),
                options.setting(PASSWORD).map(SecretReference::parse),
                options.setting(VERSION).map(text -> checked(VERSION, text, KmipVersion::parse)),
                word(options, ENCODING, KmipEncoding.class).orElse(KmipEncoding.TTLV),
                options.setting(GROUPS).map(TokenSettings::groups).orElse(List.of()),
                word(options, CRYPTO, Crypto.class).orElse(Crypto.AUTO),
                word(options, ACTIVATE, Activation.class).orElse(Activation.MADE),
                options.setting(LABELS).filter(text -> !text.equals("auto")).isEmpty()
                        ? Optional.empty()
                        : word(options, LABELS, LabelCarrier.class),
                number(options, CONNECTIONS, MAX_CONNECTIONS, DEFAULT_CONNECTIONS),
                number(options, PAGE_SIZE, MAX_PAGE, DEFAULT_PAGE),
                options.setting(POLL)
                        .map(text -> checked(POLL, text, Durations::parse))
                        .orElse(DEFAULT_POLL),
                options.timeout());
    }

    /** Returns whether a login is a user's name with a password that is asked for. */
    boolean asksForPassword() {
        return username.isPresent() && password.isEmpty();
    }

    private static List<String> groups(String text) {
        List<String> groups =
                Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
        if (groups.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException(GROUPS + " are names separated by commas, not " + text);
        }
        return groups;
    }

    private static <E extends Enum<E>> Optional<E> word(ModuleOptions options, String setting, Class<E> words) {
        Optional<String> text = options.setting(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (E word : words.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(text.get())) {
                return Optional.of(word);
            }
        }
        throw new IllegalArgumentException(setting + " is one of "
                + Arrays.toString(words.getEnumConstants()).toLowerCase(Locale.ROOT) + ", not " + text.get());
    }

    private static int number(ModuleOptions options, String setting, int most, int usual) {
        String text = options.setting(setting).orElse(Integer.toString(usual));
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(setting + " is a number from 1 to " + most + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static <T> T checked(String setting, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage() + "; not " + text, e);
        }
    }
}
