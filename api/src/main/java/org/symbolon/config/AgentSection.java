package org.symbolon.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The ssh-agent's part of the file. */
final class AgentSection {
    private static final List<String> KEYS = List.of(
            "socket",
            "tokens",
            "smartcards",
            "users",
            "certificates",
            "add-keys",
            "askpass",
            "confirm",
            "lifetime",
            "idle",
            "max-clients",
            "keys");
    private static final List<String> KEY_KEYS =
            List.of("purposes", "hosts", "users", "namespaces", "peers", "confirm");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final int MAX_CLIENTS = 65_536;

    private final Section section;
    private final Path file;
    private final Set<String> tokens;
    private final Mistakes mistakes;

    AgentSection(Section section, Path file, Set<String> tokens, Mistakes mistakes) {
        this.section = section;
        this.file = file;
        this.tokens = tokens;
        this.mistakes = mistakes;
    }

    AgentConfiguration read() {
        section.onlyKeys(KEYS);
        return new AgentConfiguration(
                section.path("socket", file),
                tokens("tokens"),
                tokens("smartcards"),
                texts(section, "users"),
                section.paths("certificates", file),
                flag(section, "add-keys"),
                section.path("askpass", file),
                flag(section, "confirm"),
                section.time("lifetime"),
                section.time("idle"),
                section.number("max-clients", MAX_CLIENTS).orElse(AgentConfiguration.DEFAULT_CLIENTS),
                keys(section.section("keys")));
    }

    /** Whether the section runs a program or lets others in. */
    boolean isSensitive() {
        return !section.keys().isEmpty();
    }

    private List<String> tokens(String key) {
        List<YamlNode.Scalar> names = section.values(key);
        for (YamlNode.Scalar name : names) {
            if (!tokens.contains(name.text())) {
                mistakes.unknown(name.at(), "token", name.text(), " in " + section.pathOf(key), tokens);
            }
        }
        return names.stream().map(YamlNode.Scalar::text).toList();
    }

    private Map<String, AgentConfiguration.Key> keys(Section named) {
        Map<String, AgentConfiguration.Key> keys = new LinkedHashMap<>();
        for (String name : named.keys()) {
            Section key = named.section(name);
            key.onlyKeys(KEY_KEYS);
            keys.put(
                    name,
                    new AgentConfiguration.Key(
                            purposes(key),
                            hosts(key),
                            texts(key, "users"),
                            texts(key, "namespaces"),
                            texts(key, "peers"),
                            flag(key, "confirm")));
        }
        return keys;
    }

    private Set<AgentPurpose> purposes(Section key) {
        Set<AgentPurpose> purposes = EnumSet.noneOf(AgentPurpose.class);
        for (YamlNode.Scalar word : key.values("purposes")) {
            Optional<AgentPurpose> purpose = AgentPurpose.byWord(word.text());
            if (purpose.isEmpty()) {
                List<String> words = Arrays.stream(AgentPurpose.values())
                        .map(AgentPurpose::word)
                        .toList();
                mistakes.unknown(word.at(), "purpose", word.text(), " in " + key.pathOf("purposes"), words);
            }
            purpose.ifPresent(purposes::add);
        }
        return purposes;
    }

    private Set<String> hosts(Section key) {
        for (YamlNode.Scalar host : key.values("hosts")) {
            if (!FINGERPRINT.matcher(host.text()).matches()) {
                mistakes.add(
                        host.at(),
                        key.pathOf("hosts") + " has fingerprints, SHA256: and 43 characters, as ssh-keygen -l shows the"
                                + " key of a host; not " + host.text());
            }
        }
        return texts(key, "hosts");
    }

    private static Set<String> texts(Section where, String key) {
        Set<String> texts = new LinkedHashSet<>();
        where.values(key).forEach(value -> texts.add(value.text()));
        return texts;
    }

    private boolean flag(Section where, String key) {
        Optional<YamlNode.Scalar> value = where.value(key);
        value.filter(text -> !text.text().matches("true|false"))
                .ifPresent(
                        text -> mistakes.add(text.at(), where.pathOf(key) + " is true or false, not " + text.text()));
        return value.filter(text -> text.text().equals("true")).isPresent();
    }
}
