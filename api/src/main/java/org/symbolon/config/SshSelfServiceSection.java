package org.symbolon.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.config.SshSelfServiceConfiguration.Namespace;
import org.symbolon.config.SshSelfServiceConfiguration.Right;

/** The part of SSH's section that is about users who manage their own keys. */
final class SshSelfServiceSection {
    static final String NAME = "self-service";

    private static final String ENABLED = "enabled";
    private static final String NAMESPACES = "namespaces";
    private static final String RIGHTS = "rights";
    private static final String TOKEN = "token";
    private static final List<String> KEYS = List.of(
            ENABLED,
            "keys-per-user",
            "certificates-per-user",
            "bytes-per-user",
            "min-rsa-bits",
            "openssh",
            "restricted-logins",
            NAMESPACES);
    private static final List<String> NAMESPACE_KEYS = List.of(TOKEN, "users", RIGHTS);
    private static final int MAX_COUNT = 100_000;
    private static final int MAX_BYTES = 999_999_999;
    private static final int MIN_RSA_BITS = 1024;
    private static final int MAX_RSA_BITS = 16_384;

    private final Section section;
    private final Set<String> tokens;
    private final Mistakes mistakes;

    SshSelfServiceSection(Section section, Set<String> tokens, Mistakes mistakes) {
        this.section = section;
        this.tokens = tokens;
        this.mistakes = mistakes;
    }

    /** Returns what it says, or nothing where it is not there or not enabled. */
    Optional<SshSelfServiceConfiguration> read() {
        section.onlyKeys(KEYS);
        SshSelfServiceConfiguration read = new SshSelfServiceConfiguration(
                section.number("keys-per-user", MAX_COUNT),
                section.number("certificates-per-user", MAX_COUNT),
                section.number("bytes-per-user", MAX_BYTES),
                section.number("min-rsa-bits", MIN_RSA_BITS, MAX_RSA_BITS),
                section.yes("openssh", false),
                section.yes("restricted-logins", false),
                namespaces(section.section(NAMESPACES)));
        return section.yes(ENABLED, !section.keys().isEmpty()) ? Optional.of(read) : Optional.empty();
    }

    /** What stands for all others is asked last, wherever it is written. */
    private List<Namespace> namespaces(Section named) {
        List<Namespace> namespaces = new ArrayList<>();
        named.keys().stream()
                .filter(name -> !name.equals(Namespace.OTHERS))
                .map(name -> namespace(name, named.section(name)))
                .forEach(namespaces::add);
        if (named.keys().contains(Namespace.OTHERS)) {
            namespaces.add(namespace(Namespace.OTHERS, named.section(Namespace.OTHERS)));
        }
        return namespaces;
    }

    private Namespace namespace(String name, Section of) {
        of.onlyKeys(NAMESPACE_KEYS);
        Optional<String> token = of.token(TOKEN, tokens);
        if (token.isPresent() && (name.equals(Namespace.LOGINS) || name.equals(Namespace.OTHERS))) {
            mistakes.add(of.at(), of.pathOf(TOKEN) + " cannot be: this namespace has no token of its own");
            token = Optional.empty();
        }
        return new Namespace(
                name,
                of.values("users").stream().map(YamlNode.Scalar::text).collect(Collectors.toSet()),
                rights(of),
                token);
    }

    private Set<Right> rights(Section of) {
        if (!of.keys().contains(RIGHTS)) {
            return EnumSet.allOf(Right.class);
        }
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (YamlNode.Scalar word : of.values(RIGHTS)) {
            Optional<Right> right = right(word.text());
            if (right.isEmpty()) {
                mistakes.unknown(word.at(), "right", word.text(), " in " + of.pathOf(RIGHTS), words());
            }
            right.ifPresent(rights::add);
        }
        return rights;
    }

    private static Optional<Right> right(String word) {
        return EnumSet.allOf(Right.class).stream()
                .filter(each -> word(each).equals(word))
                .findFirst();
    }

    private static List<String> words() {
        return EnumSet.allOf(Right.class).stream()
                .map(SshSelfServiceSection::word)
                .toList();
    }

    private static String word(Right right) {
        return right.name().toLowerCase(Locale.ROOT);
    }
}
