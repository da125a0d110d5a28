package org.symbolon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.symbolon.Backends;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.Pkcs11Uri;
import org.symbolon.spi.ModuleFactory;

/** One token's part of the file. */
final class TokenSection {
    private static final List<String> KEYS =
            List.of("uri", "token", "login", "pin", "so-pin", "timeout", "certificates");
    /** The setting of soft tokens that says whose word counts: whoever changes it lets their own keys in. */
    private static final String TRUST = "verify-key";

    private static final Map<String, LoginMethod> LOGINS = Map.of(
            "none", LoginMethod.NONE,
            "pin", LoginMethod.PIN,
            "protected-path", LoginMethod.PROTECTED_PATH,
            "identity", LoginMethod.IDENTITY);

    private final String name;
    private final Section section;
    private final Path file;
    private final Mistakes mistakes;
    private boolean sensitive;

    TokenSection(String name, Section section, Path file, Mistakes mistakes) {
        this.name = name;
        this.section = section;
        this.file = file;
        this.mistakes = mistakes;
    }

    /** Returns whether it refers to secrets, runs a command or says whose keys are trusted. */
    boolean isSensitive() {
        return sensitive;
    }

    /** Returns the token, or empty if it has no usable URI. */
    Optional<TokenConfiguration> read() {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
            mistakes.add(section.at(), "a token's name is letters, digits, '_', '.' and '-', not '" + name + "'");
        }
        Optional<ModuleUri> uri = uri();
        Map<String, String> settings = settings(uri);
        Optional<SecretReference> pin = secret("pin");
        Optional<SecretReference> soPin = secret("so-pin");
        Pkcs11Uri token = token();
        Duration timeout = timeout();
        LoginMethod login = section.word("login", LOGINS).orElse(pin.isPresent() ? LoginMethod.PIN : LoginMethod.NONE);
        if (login == LoginMethod.PIN && !section.keys().contains("pin")) {
            mistakes.add(section.at(), section.path() + " logs in with a pin and has none; add pin: ${file:PATH}");
        }
        List<Path> certificates = section.paths("certificates", file);
        return uri.map(value -> new TokenConfiguration(
                name, value.toString(), token, login, pin, soPin, timeout, settings, certificates));
    }

    private Optional<ModuleUri> uri() {
        Optional<YamlNode.Scalar> value = section.value("uri");
        if (!section.keys().contains("uri")) {
            mistakes.add(section.at(), section.path() + " has no uri, such as uri: soft:sqlite:/var/lib/team.db");
        }
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            ModuleUri uri = ModuleUri.parse(value.get().text());
            sensitive |= uri.rest().toLowerCase(Locale.ROOT).startsWith("exec:");
            return Optional.of(uri);
        } catch (IllegalArgumentException e) {
            mistakes.add(value.get().at(), section.pathOf("uri") + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Every other key is a setting of the backend; without a backend nothing can be said of them. */
    private Map<String, String> settings(Optional<ModuleUri> uri) {
        Optional<ModuleFactory> backend = uri.flatMap(this::backend);
        if (backend.isEmpty()) {
            return Map.of();
        }
        Set<String> known = backend.get().settings().keySet();
        Set<String> secrets = backend.get().secretSettings();
        List<String> legal = new ArrayList<>(KEYS);
        legal.addAll(new TreeSet<>(known));
        section.onlyKeys(legal);
        Map<String, String> settings = new TreeMap<>();
        for (String key : section.keys()) {
            sensitive |= key.equals(TRUST);
            if (KEYS.contains(key) || !known.contains(key)) {
                continue;
            }
            if (secrets.contains(key)) {
                secret(key).ifPresent(reference -> settings.put(key, unbraced(reference)));
            } else {
                section.value(key).ifPresent(value -> settings.put(key, literal(key, value)));
            }
        }
        return settings;
    }

    private Optional<ModuleFactory> backend(ModuleUri uri) {
        Map<String, ModuleFactory> backends = Backends.byScheme();
        ModuleFactory factory = backends.get(uri.scheme());
        if (factory == null) {
            section.value("uri")
                    .ifPresent(value -> mistakes.unknown(
                            value.at(), "scheme", uri.scheme(), " of " + section.pathOf("uri"), backends.keySet()));
        }
        return Optional.ofNullable(factory);
    }

    private String literal(String key, YamlNode.Scalar value) {
        if (value.text().startsWith("${")) {
            mistakes.add(
                    value.at(),
                    section.pathOf(key)
                            + " is no secret; references may stand at pin, so-pin and secrets of the backend only");
        }
        return value.text();
    }

    private static String unbraced(SecretReference reference) {
        String text = reference.toString();
        return text.substring(2, text.length() - 1);
    }

    private Pkcs11Uri token() {
        Optional<YamlNode.Scalar> value = section.value("token");
        if (value.isEmpty()) {
            return Pkcs11Uri.any();
        }
        String text = value.get().text();
        try {
            return Pkcs11Uri.isPkcs11Uri(text) ? Pkcs11Uri.parse(text) : Pkcs11Uri.ofToken(text);
        } catch (IllegalArgumentException e) {
            mistakes.add(value.get().at(), section.pathOf("token") + ": " + e.getMessage());
            return Pkcs11Uri.any();
        }
    }

    private Duration timeout() {
        Optional<YamlNode.Scalar> value = section.value("timeout");
        Duration usual = ModuleOptions.ofDefaults().timeout();
        try {
            return value.map(scalar -> Durations.parse(scalar.text())).orElse(usual);
        } catch (IllegalArgumentException e) {
            mistakes.add(value.orElseThrow().at(), section.pathOf("timeout") + ": " + e.getMessage());
            return usual;
        }
    }

    private Optional<SecretReference> secret(String key) {
        sensitive |= section.keys().contains(key);
        return section.secret(key, file);
    }
}
