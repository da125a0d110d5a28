package org.symbolon.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The part of SSH's section that is about X.509 certificates. */
final class SshX509Section {
    private static final String ANCHORS = "anchors";
    private static final String ANCHOR_FILES = "anchor-files";
    private static final String REVOCATION = "revocation";
    private static final String FETCH = "fetch";
    private static final String RESPONDER = "responder";
    private static final String TIMEOUT = "timeout";
    private static final String COMMON_NAME = "common-name";
    private static final List<String> KEYS = List.of(
            ANCHORS,
            "anchor-label",
            ANCHOR_FILES,
            "crl-files",
            "upn",
            "email",
            "subject",
            COMMON_NAME,
            "purposes",
            REVOCATION,
            FETCH,
            "fetch-hosts",
            RESPONDER,
            TIMEOUT,
            "ocsp-cache",
            "crl-cache");
    private static final Map<String, SshX509Configuration.Purposes> PURPOSES = Map.of(
            "ssh", SshX509Configuration.Purposes.SSH,
            "tls", SshX509Configuration.Purposes.TLS,
            "any", SshX509Configuration.Purposes.ANY);
    private static final Map<String, SshX509Configuration.Mode> MODES = Map.of(
            "hard-fail", SshX509Configuration.Mode.HARD_FAIL,
            "soft-fail", SshX509Configuration.Mode.SOFT_FAIL,
            "off", SshX509Configuration.Mode.OFF);
    private static final Map<String, SshX509Configuration.Name> NAMES = Map.of(
            "upn", SshX509Configuration.Name.UPN,
            "email", SshX509Configuration.Name.EMAIL,
            "subject", SshX509Configuration.Name.SUBJECT);

    private final Section section;
    private final Set<String> tokens;
    private final Path file;
    private final Mistakes mistakes;

    SshX509Section(Section section, Set<String> tokens, Path file, Mistakes mistakes) {
        this.section = section;
        this.tokens = tokens;
        this.file = file;
        this.mistakes = mistakes;
    }

    /** Returns what it says, or nothing where it is not there. */
    Optional<SshX509Configuration> read() {
        if (section.keys().isEmpty()) {
            return Optional.empty();
        }
        section.onlyKeys(KEYS);
        Optional<String> anchors = section.token(ANCHORS, tokens);
        List<Path> files = section.paths(ANCHOR_FILES, file);
        if (anchors.isEmpty() && files.isEmpty()) {
            mistakes.add(
                    section.at(),
                    section.path() + " trusts nobody; set " + ANCHORS + " to a token or " + ANCHOR_FILES + " to files");
        }
        return Optional.of(new SshX509Configuration(
                anchors,
                section.value("anchor-label").map(YamlNode.Scalar::text),
                files,
                section.paths("crl-files", file),
                rules(),
                section.word("purposes", PURPOSES).orElse(SshX509Configuration.Purposes.SSH),
                revocation()));
    }

    private List<SshX509Configuration.Rule> rules() {
        List<SshX509Configuration.Rule> rules = new ArrayList<>();
        NAMES.forEach((key, name) -> {
            for (YamlNode.Scalar pattern : section.values(key)) {
                if (pattern.text().split("\\{user}", -1).length != 2) {
                    mistakes.add(pattern.at(), section.pathOf(key) + " has {user} once, where the user's name goes");
                }
                rules.add(new SshX509Configuration.Rule(name, pattern.text()));
            }
        });
        for (YamlNode.Scalar pattern : section.values(COMMON_NAME)) {
            if (!hasOneGroup(pattern.text())) {
                mistakes.add(
                        pattern.at(),
                        section.pathOf(COMMON_NAME) + " is a regular expression with one group, the user's name");
            }
            rules.add(new SshX509Configuration.Rule(SshX509Configuration.Name.COMMON_NAME, pattern.text()));
        }
        return List.copyOf(rules);
    }

    private static boolean hasOneGroup(String pattern) {
        try {
            return Pattern.compile(pattern).matcher("").groupCount() == 1;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private SshX509Configuration.Revocation revocation() {
        SshX509Configuration.Revocation defaults = SshX509Configuration.Revocation.ofDefaults();
        return new SshX509Configuration.Revocation(
                section.word(REVOCATION, MODES).orElse(defaults.mode()),
                section.yes(FETCH, true),
                section.values("fetch-hosts").stream()
                        .map(YamlNode.Scalar::text)
                        .toList(),
                responder(),
                section.time(TIMEOUT, SshX509Configuration.Revocation.MAX_TIMEOUT)
                        .orElse(defaults.timeout()),
                section.time("ocsp-cache").orElse(defaults.ocspCache()),
                section.time("crl-cache").orElse(defaults.crlCache()));
    }

    private Optional<URI> responder() {
        return section.value(RESPONDER).flatMap(value -> {
            Optional<URI> uri = uri(value.text());
            if (uri.isEmpty()) {
                mistakes.add(
                        value.at(),
                        section.pathOf(RESPONDER) + " is an address http://host... or https://host..., not "
                                + value.text());
            }
            return uri;
        });
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return Optional.of(uri).filter(each -> web && each.getHost() != null && each.getUserInfo() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
