package org.symbolon.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The server's part of the file. */
final class ServeSection {
    private static final List<String> KEYS =
            List.of("tokens", "socket", "users", "max-clients", "sessions-per-client", "drain");
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
                sockets(),
                section.values("users").stream().map(YamlNode.Scalar::text).collect(Collectors.toSet()),
                number("max-clients").orElse(defaults.maxClients()),
                number("sessions-per-client").orElse(defaults.sessionsPerClient()),
                drain().orElse(defaults.drain()));
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

    /** A relative path is relative to the configuration file. */
    private List<Path> sockets() {
        List<Path> sockets = new ArrayList<>();
        for (YamlNode.Scalar path : section.values("socket")) {
            try {
                sockets.add(file.toAbsolutePath().resolveSibling(path.text()));
            } catch (InvalidPathException e) {
                mistakes.add(path.at(), section.pathOf("socket") + " is a path, not " + path.text());
            }
        }
        return sockets;
    }

    private Optional<Integer> number(String key) {
        return section.value(key).flatMap(value -> {
            boolean good = value.text().matches("[0-9]{1,6}");
            int number = good ? Integer.parseInt(value.text()) : 0;
            if (number < 1 || number > MAX_NUMBER) {
                mistakes.add(
                        value.at(),
                        section.pathOf(key) + " is a number from 1 to " + MAX_NUMBER + ", not " + value.text());
                return Optional.empty();
            }
            return Optional.of(number);
        });
    }

    private Optional<Duration> drain() {
        return section.value("drain").flatMap(value -> {
            try {
                return Optional.of(Durations.parse(value.text()));
            } catch (IllegalArgumentException e) {
                mistakes.add(value.at(), section.pathOf("drain") + ": " + e.getMessage());
                return Optional.empty();
            }
        });
    }
}
