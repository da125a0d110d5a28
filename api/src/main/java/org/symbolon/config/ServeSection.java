package org.symbolon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server's part of the file. */
final class ServeSection {
    private static final List<String> KEYS = List.of(
            "tokens",
            "socket",
            "users",
            "tls",
            "max-clients",
            "sessions-per-client",
            "request-timeout",
            "monitoring",
            "kmip",
            "ssh",
            "agent",
            "drain");
    private static final List<String> SSH_KEYS = List.of("token", "lookup", "users", "revoked-keys");
    private static final List<String> TLS_WANTED = List.of("address", "key-store", "key-store-password", "trust");
    private static final List<String> TLS_KEYS =
            List.of("address", "key-store", "key-store-password", "trust", "revoked");
    private static final Pattern ADDRESS = Pattern.compile("\\[?([0-9A-Za-z.:_-]+)]?:([0-9]{1,5})");
    private static final int MAX_NUMBER = 1 << 16;

    private final Section section;
    private final Path file;
    private final Set<String> tokens;
    private final Mistakes mistakes;

    ServeSection(Section section, Path file, Set<String> tokens, Mistakes mistakes) {
        this.section = section;
        this.file = file;
        this.tokens = tokens;
        this.mistakes = mistakes;
    }

    ServeConfiguration read() {
        section.onlyKeys(KEYS);
        ServeConfiguration defaults = ServeConfiguration.ofDefaults();
        return new ServeConfiguration(
                tokens(),
                section.paths("socket", file),
                section.values("users").stream().map(YamlNode.Scalar::text).collect(Collectors.toSet()),
                tls(section.section("tls"), List.of()),
                section.number("max-clients", MAX_NUMBER).orElse(defaults.maxClients()),
                section.number("sessions-per-client", MAX_NUMBER).orElse(defaults.sessionsPerClient()),
                section.time("request-timeout").orElse(defaults.requestTimeout()),
                section.value("monitoring")
                        .flatMap(value -> address(section.pathOf("monitoring"), hereIfPortAlone(value))),
                kmip(section.section("kmip")),
                ssh(section.section("ssh")),
                section.yes("agent", false),
                section.time("drain").orElse(defaults.drain()));
    }

    private List<String> tokens() {
        List<YamlNode.Scalar> names = section.values("tokens");
        for (YamlNode.Scalar name : names) {
            if (!tokens.contains(name.text())) {
                mistakes.unknown(name.at(), "token", name.text(), " in " + section.pathOf("tokens"), tokens);
            }
        }
        return names.stream().map(YamlNode.Scalar::text).toList();
    }

    private Optional<KmipConfiguration> kmip(Section kmip) {
        return tls(kmip, KmipSection.KEYS)
                .map(tls -> new KmipSection(kmip, file, mistakes).read(tls, tokens, kmip::time));
    }

    private ServeConfiguration.Ssh ssh(Section ssh) {
        ssh.onlyKeys(SSH_KEYS);
        return new ServeConfiguration.Ssh(
                ssh.token("token", tokens),
                ssh.path("lookup", file),
                ssh.values("users").stream().map(YamlNode.Scalar::text).collect(Collectors.toSet()),
                ssh.path("revoked-keys", file));
    }

    /** Reads where a port with TLS is, from a section that may have other keys too. */
    private Optional<ServeConfiguration.Tls> tls(Section tls, List<String> others) {
        if (tls.keys().isEmpty()) {
            return Optional.empty();
        }
        tls.onlyKeys(Stream.concat(TLS_KEYS.stream(), others.stream()).toList());
        for (String key : TLS_WANTED) {
            if (!tls.keys().contains(key)) {
                mistakes.add(tls.at(), tls.path() + " has no " + key + "; it wants " + String.join(", ", TLS_WANTED));
            }
        }
        Optional<ServeConfiguration.Address> address =
                tls.value("address").flatMap(value -> address(tls.pathOf("address"), value));
        Optional<SecretReference> password = tls.secret("key-store-password", file);
        Optional<Path> keyStore = tls.path("key-store", file);
        Optional<Path> trust = tls.path("trust", file);
        Optional<Path> revoked = tls.path("revoked", file);
        if (address.isEmpty() || password.isEmpty() || keyStore.isEmpty() || trust.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ServeConfiguration.Tls(address.get(), keyStore.get(), password.get(), trust.get(), revoked));
    }

    /** A port alone is one of this machine, for itself. */
    private static YamlNode.Scalar hereIfPortAlone(YamlNode.Scalar value) {
        return value.text().matches("[0-9]+") ? new YamlNode.Scalar(value.at(), "127.0.0.1:" + value.text()) : value;
    }

    private Optional<ServeConfiguration.Address> address(String path, YamlNode.Scalar value) {
        Matcher parts = ADDRESS.matcher(value.text());
        if (!parts.matches() || Integer.parseInt(parts.group(2)) >= MAX_NUMBER) {
            mistakes.add(value.at(), path + " is HOST:PORT, not " + value.text());
            return Optional.empty();
        }
        return Optional.of(new ServeConfiguration.Address(parts.group(1), Integer.parseInt(parts.group(2))));
    }
}
