package org.symbolon.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.symbolon.Backends;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.Pkcs11Uri;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.LoginMethod;
import org.symbolon.config.SecretReference;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.spi.ModuleFactory;

/** Reads tokens from properties, checks everything and lists all mistakes at once. Opens nothing. */
final class TokenConfigurations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final String TOKENS = SymbolonProperties.PREFIX + ".tokens";

    private final List<String> mistakes = new ArrayList<>();

    private TokenConfigurations() {}

    /**
     * Returns the tokens by name, those of the properties first.
     *
     * @throws SymbolonPropertyException if there are mistakes
     */
    static Map<String, TokenConfiguration> of(SymbolonProperties properties) {
        TokenConfigurations reader = new TokenConfigurations();
        Map<String, TokenConfiguration> all = new LinkedHashMap<>();
        properties.tokens().forEach((name, token) -> reader.read(name, token).ifPresent(read -> all.put(name, read)));
        ofFile(properties).forEach((name, token) -> {
            if (properties.tokens().containsKey(name)) {
                reader.mistakes.add(TOKENS + "." + name + " is named by " + properties.config() + " too");
            }
            all.putIfAbsent(name, token);
        });
        if (!reader.mistakes.isEmpty()) {
            throw new SymbolonPropertyException(reader.mistakes);
        }
        return all;
    }

    /** Returns the names that {@link #of} will have, without looking at what they stand for. */
    static Set<String> names(SymbolonProperties properties) {
        Set<String> names = new TreeSet<>(properties.tokens().keySet());
        names.addAll(ofFile(properties).keySet());
        return names;
    }

    private static Map<String, TokenConfiguration> ofFile(SymbolonProperties properties) {
        try {
            return properties.config() == null
                    ? Map.of()
                    : Configuration.load(properties.config()).tokens();
        } catch (ConfigurationException e) {
            throw new SymbolonPropertyException(
                    SymbolonProperties.PREFIX + ".config", "cannot be used:\n" + e.getMessage(), e);
        }
    }

    private Optional<TokenConfiguration> read(String name, TokenProperties properties) {
        String path = TOKENS + "." + name;
        if (!NAME.matcher(name).matches()) {
            mistakes.add(path + ": a token's name is up to 64 letters, digits, '_', '.' and '-'");
        }
        Optional<ModuleUri> uri = uri(path + ".uri", properties.uri());
        uri.ifPresent(module -> checkSettings(path, module, properties.settings()));
        Optional<SecretReference> pin = secret(path + ".pin", properties.pin());
        Optional<SecretReference> soPin = secret(path + ".so-pin", properties.soPin());
        LoginMethod login = properties.login() != null
                ? properties.login()
                : properties.pin() == null ? LoginMethod.NONE : LoginMethod.PIN;
        if (login == LoginMethod.PIN && properties.pin() == null) {
            mistakes.add(path + ".login is pin and there is none; set " + path + ".pin: file:PATH or env:NAME");
        }
        Pkcs11Uri token = token(path + ".token", properties.token());
        Duration timeout = timeout(path + ".timeout", properties.timeout());
        return uri.map(module -> new TokenConfiguration(
                name, module.toString(), token, login, pin, soPin, timeout, properties.settings(), List.of()));
    }

    private Optional<ModuleUri> uri(String property, @Nullable String value) {
        if (value == null || value.isBlank()) {
            mistakes.add(property + " is missing; it says where the token is, such as soft:sqlite:/var/lib/team.db");
            return Optional.empty();
        }
        try {
            return Optional.of(ModuleUri.parse(value));
        } catch (IllegalArgumentException e) {
            mistakes.add(property + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void checkSettings(String path, ModuleUri uri, Map<String, String> settings) {
        Map<String, ModuleFactory> backends = Backends.byScheme();
        ModuleFactory backend = backends.get(uri.scheme());
        if (backend == null) {
            mistakes.add(path + ".uri: no backend on the class path opens " + uri.scheme()
                    + ": URIs; those here open " + backends.keySet()
                    + ". A backend is a dependency, such as org.symbolon:symbolon-softtoken for soft: URIs");
            return;
        }
        Set<String> known = new TreeSet<>(backend.settings().keySet());
        new TreeSet<>(settings.keySet())
                .stream()
                        .filter(setting -> !known.contains(setting))
                        .forEach(setting -> mistakes.add(path + ".settings." + setting + " is no setting of "
                                + uri.scheme() + ": URIs; they have " + known));
    }

    /** A PIN that is written out is refused without being repeated. */
    private Optional<SecretReference> secret(String property, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretReference.parse(withoutBraces(value)));
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    property + " must not be the PIN itself; write where it is: file:/run/secrets/NAME or env:NAME."
                            + " Leave out ${ }, with which Spring puts the value here");
            return Optional.empty();
        }
    }

    /** The configuration file's form reaches us only if somebody escaped it from Spring. */
    private static String withoutBraces(String value) {
        return value.startsWith("${") && value.endsWith("}") ? value.substring(2, value.length() - 1) : value;
    }

    private Pkcs11Uri token(String property, @Nullable String value) {
        if (value == null) {
            return Pkcs11Uri.any();
        }
        try {
            return Pkcs11Uri.isPkcs11Uri(value) ? Pkcs11Uri.parse(value) : Pkcs11Uri.ofToken(value);
        } catch (IllegalArgumentException e) {
            mistakes.add(property + ": " + e.getMessage());
            return Pkcs11Uri.any();
        }
    }

    private Duration timeout(String property, @Nullable Duration value) {
        Duration usual = ModuleOptions.ofDefaults().timeout();
        if (value != null && (value.isZero() || value.isNegative())) {
            mistakes.add(property + " is more than zero, such as 10s");
            return usual;
        }
        return value == null ? usual : value;
    }
}
