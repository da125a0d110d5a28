package org.symbolon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.symbolon.config.KmipConfiguration.ClientName;
import org.symbolon.config.KmipConfiguration.Group;
import org.symbolon.config.KmipConfiguration.Secret;
import org.symbolon.config.KmipConfiguration.User;

/** The part of the server's section that is about KMIP. */
final class KmipSection {
    static final List<String> KEYS = List.of(
            "token",
            "path",
            "idle",
            "certificates",
            "credentials",
            "client-name",
            "users",
            "administrators",
            "groups",
            "public-objects",
            "unowned-objects",
            "keep-destroyed",
            "lease-time",
            "unique-names");

    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration KEEP_DESTROYED = Duration.ofDays(30);
    private static final Duration LEASE = Duration.ofHours(1);
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]{0,255}");
    private static final Pattern HASH =
            Pattern.compile("pbkdf2-sha512,i=[0-9]{6,8},[A-Za-z0-9+/=]{24},[A-Za-z0-9+/=]{44}");
    private static final List<String> USER_KEYS =
            List.of("password", "password-hash", "certificate", "one-time-key", "devices");
    private static final List<String> GROUP_KEYS = List.of("readers", "writers");
    private static final Map<String, ClientName> NAMES = Map.of(
            "subject", ClientName.SUBJECT,
            "common-name", ClientName.COMMON_NAME,
            "email", ClientName.EMAIL,
            "dns", ClientName.DNS,
            "uri", ClientName.URI);

    private final Section section;
    private final Path file;
    private final Mistakes mistakes;

    /** A yes or no, by the words of a key. */
    private enum Choice {
        YES,
        NO
    }

    KmipSection(Section section, Path file, Mistakes mistakes) {
        this.section = section;
        this.file = file;
        this.mistakes = mistakes;
    }

    KmipConfiguration read(ServeConfiguration.Tls tls, Set<String> tokens, Function<String, Optional<Duration>> time) {
        return new KmipConfiguration(
                tls,
                token(tokens),
                path(),
                time.apply("idle").orElse(IDLE),
                choice("certificates", "required", "optional"),
                !choice("credentials", "optional", "required"),
                section.word("client-name", NAMES).orElse(ClientName.SUBJECT),
                users(),
                texts(section, "administrators"),
                groups(),
                choice("public-objects", "everyone", "owner"),
                choice("unowned-objects", "everyone", "administrators"),
                timeOrNone("keep-destroyed", time).orElse(KEEP_DESTROYED),
                timeOrNone("lease-time", time).orElse(LEASE),
                choice("unique-names", "yes", "no"));
    }

    private Optional<Duration> timeOrNone(String key, Function<String, Optional<Duration>> time) {
        boolean none = section.value(key).map(YamlNode.Scalar::text).equals(Optional.of("none"));
        return none ? Optional.of(Duration.ZERO) : time.apply(key);
    }

    private Optional<String> token(Set<String> tokens) {
        return section.value("token").map(name -> {
            if (!tokens.contains(name.text())) {
                mistakes.unknown(name.at(), "token", name.text(), " in " + section.pathOf("token"), tokens);
            }
            return name.text();
        });
    }

    private Optional<String> path() {
        Optional<YamlNode.Scalar> value = section.value("path");
        if (value.isEmpty()) {
            return Optional.of("/kmip");
        }
        String text = value.get().text();
        if (!text.equals("off") && !PATH.matcher(text).matches()) {
            mistakes.add(value.get().at(), section.pathOf("path") + " is off or a path such as /kmip, not " + text);
        }
        return text.equals("off") ? Optional.empty() : Optional.of(text);
    }

    private boolean choice(String key, String yes, String no) {
        return section.word(key, Map.of(yes, Choice.YES, no, Choice.NO)).orElse(Choice.YES) == Choice.YES;
    }

    private static Set<String> texts(Section where, String key) {
        return where.values(key).stream().map(YamlNode.Scalar::text).collect(Collectors.toSet());
    }

    private Map<String, Group> groups() {
        Section groups = section.section("groups");
        Map<String, Group> all = new HashMap<>();
        for (String name : groups.keys()) {
            Section group = groups.section(name);
            group.onlyKeys(GROUP_KEYS);
            all.put(name, new Group(texts(group, "readers"), texts(group, "writers")));
        }
        return all;
    }

    private Map<String, User> users() {
        Section users = section.section("users");
        Map<String, User> all = new HashMap<>();
        for (String name : users.keys()) {
            Section user = users.section(name);
            user.onlyKeys(USER_KEYS);
            password(user)
                    .ifPresent(password -> all.put(
                            name,
                            new User(
                                    password,
                                    user.value("certificate").map(YamlNode.Scalar::text),
                                    user.secret("one-time-key", file),
                                    texts(user, "devices"))));
        }
        return all;
    }

    private Optional<Secret> password(Section user) {
        if (user.keys().contains("password") == user.keys().contains("password-hash")) {
            mistakes.add(user.at(), user.path() + " has a password or a password-hash, and not both");
            return Optional.empty();
        }
        Optional<Secret> hash = user.value("password-hash").flatMap(value -> {
            if (!HASH.matcher(value.text()).matches()) {
                mistakes.add(value.at(), user.pathOf("password-hash") + " is what symbolon password-hash has printed");
                return Optional.empty();
            }
            return Optional.of(new Secret.Hashed(value.text()));
        });
        return hash.isPresent() ? hash : user.secret("password", file).map(Secret.Referred::new);
    }
}
