package org.symbolon.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of one part of the file, and where that part is: {@code tokens.team}. */
final class Section {
    private final YamlNode.Mapping mapping;
    private final String path;
    private final Mistakes mistakes;

    private enum Answer {
        YES,
        NO
    }

    private Section(YamlNode.Mapping mapping, String path, Mistakes mistakes) {
        this.mapping = mapping;
        this.path = path;
        this.mistakes = mistakes;
    }

    /** Returns the section of a node; an empty one, and a mistake noted, if the node has no keys. */
    static Section of(YamlNode node, String path, Mistakes mistakes) {
        if (node instanceof YamlNode.Mapping mapping) {
            return new Section(mapping, path, mistakes);
        }
        if (!(node instanceof YamlNode.Nothing)) {
            mistakes.add(
                    node.at(),
                    (path.isEmpty() ? "the file" : path) + " has keys and values (key: value), not " + node.kind());
        }
        return new Section(new YamlNode.Mapping(node.at(), Map.of()), path, mistakes);
    }

    Location at() {
        return mapping.at();
    }

    String path() {
        return path;
    }

    Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** Notes every key that is not among the legal ones. */
    void onlyKeys(Collection<String> legal) {
        mapping.entries().forEach((key, entry) -> {
            if (!legal.contains(key)) {
                mistakes.unknown(entry.keyAt(), "key", key, path.isEmpty() ? "" : " in " + path, legal);
            }
        });
    }

    /** Returns the section under a key, an empty one if there is none. */
    Section section(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return of(entry == null ? new YamlNode.Nothing(at()) : entry.value(), pathOf(key), mistakes);
    }

    /** Returns the value of a key; empty if it is not there, or, as a mistake, not a single value. */
    Optional<YamlNode.Scalar> value(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Scalar scalar) {
            return Optional.of(scalar);
        }
        mistakes.add(
                entry.keyAt(),
                pathOf(key) + " is one value, not " + entry.value().kind());
        return Optional.empty();
    }

    /** Returns the values of a key: those of a list, or one; none, and a mistake, if it holds something else. */
    List<YamlNode.Scalar> values(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null || !(entry.value() instanceof YamlNode.Sequence sequence)) {
            return value(key).stream().toList();
        }
        List<YamlNode.Scalar> values = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            if (item instanceof YamlNode.Scalar scalar) {
                values.add(scalar);
            } else {
                mistakes.add(item.at(), pathOf(key) + " is a list of values, not of " + item.kind());
            }
        }
        return values;
    }

    /** Returns the value of a key as one of a few words. */
    <E extends Enum<E>> Optional<E> word(String key, Map<String, E> words) {
        return value(key).flatMap(scalar -> {
            E meaning = words.get(scalar.text());
            if (meaning == null) {
                mistakes.unknown(
                        scalar.at(),
                        "value",
                        scalar.text(),
                        " of " + pathOf(key),
                        words.keySet().stream().sorted().toList());
            }
            return Optional.ofNullable(meaning);
        });
    }

    /** Returns the whole number under a key; empty if it is not there, or, as a mistake, none from 1 to the maximum. */
    Optional<Integer> number(String key, int max) {
        return number(key, 1, max);
    }

    /** Returns the whole number under a key; empty if it is not there, or, as a mistake, out of range. */
    Optional<Integer> number(String key, int min, int max) {
        return value(key).flatMap(value -> {
            boolean good = value.text().matches("[0-9]{1,9}");
            int number = good ? Integer.parseInt(value.text()) : 0;
            if (number < min || number > max) {
                mistakes.add(
                        value.at(), pathOf(key) + " is a number from " + min + " to " + max + ", not " + value.text());
                return Optional.empty();
            }
            return Optional.of(number);
        });
    }

    /** Returns the time under a key; empty if it is not there, or, as a mistake, no time. */
    Optional<Duration> time(String key) {
        return value(key).flatMap(value -> {
            try {
                return Optional.of(Durations.parse(value.text()));
            } catch (IllegalArgumentException e) {
                mistakes.add(value.at(), pathOf(key) + ": " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** Returns the time under a key; empty if it is not there, or, as a mistake, zero or longer than the longest. */
    Optional<Duration> time(String key, Duration max) {
        Optional<Duration> time = time(key);
        if (time.isPresent() && (time.get().isZero() || time.get().compareTo(max) > 0)) {
            value(key)
                    .ifPresent(value -> mistakes.add(
                            value.at(),
                            pathOf(key) + " is above zero and at most " + max.toSeconds() + "s, not " + value.text()));
            return Optional.empty();
        }
        return time;
    }

    /** Returns the name of a token under a key; a mistake is noted if there is no such token. */
    Optional<String> token(String key, Set<String> tokens) {
        Optional<YamlNode.Scalar> name = value(key);
        name.filter(each -> !tokens.contains(each.text()))
                .ifPresent(each -> mistakes.unknown(each.at(), "token", each.text(), " in " + pathOf(key), tokens));
        return name.map(YamlNode.Scalar::text);
    }

    /** Whether a key says yes, where it may say yes or no; a word that is neither is a mistake. */
    boolean yes(String key, boolean unlessSaid) {
        return word(key, Map.of("yes", Answer.YES, "no", Answer.NO))
                .map(Answer.YES::equals)
                .orElse(unlessSaid);
    }

    /** Returns the reference to a secret under a key; one that is written out is refused without being repeated. */
    Optional<SecretReference> secret(String key, Path file) {
        return value(key).flatMap(value -> {
            String text = value.text();
            if (!text.startsWith("${") || !text.endsWith("}")) {
                mistakes.add(
                        value.at(),
                        pathOf(key) + " must not be written here; refer to it: " + key
                                + ": ${file:/run/secrets/NAME} or ${env:NAME}");
                return Optional.empty();
            }
            try {
                SecretReference reference = SecretReference.parse(text.substring(2, text.length() - 1));
                return Optional.of(
                        reference instanceof SecretReference.SecretFile secret
                                ? new SecretReference.SecretFile(
                                        file.toAbsolutePath().resolveSibling(secret.path()))
                                : reference);
            } catch (IllegalArgumentException e) {
                mistakes.add(value.at(), pathOf(key) + ": " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** Returns the values of a key as paths; a relative one is relative to the file. */
    List<Path> paths(String key, Path file) {
        List<Path> paths = new ArrayList<>();
        for (YamlNode.Scalar value : values(key)) {
            try {
                paths.add(file.toAbsolutePath().resolveSibling(value.text()));
            } catch (InvalidPathException e) {
                mistakes.add(value.at(), pathOf(key) + " is a path, not " + value.text());
            }
        }
        return paths;
    }

    /** Returns the value of a key as a path; empty if it is not there, or, as a mistake, not one. */
    Optional<Path> path(String key, Path file) {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry != null
                && entry.value() instanceof YamlNode.Sequence sequence
                && sequence.items().size() != 1) {
            mistakes.add(
                    entry.keyAt(),
                    pathOf(key) + " is one file, not " + sequence.items().size());
            return Optional.empty();
        }
        return paths(key, file).stream().findFirst();
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
