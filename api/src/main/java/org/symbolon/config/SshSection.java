package org.symbolon.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SSH's part of the file. */
final class SshSection {
    private static final List<String> KEYS = List.of("users", "user-label", "find-by", "host-keys", "host-key-label");
    private static final Map<String, SshConfiguration.FindBy> FIND_BY =
            Map.of("id", SshConfiguration.FindBy.ID, "label", SshConfiguration.FindBy.LABEL);

    private final Section section;
    private final Set<String> tokens;
    private final Mistakes mistakes;

    SshSection(Section section, Set<String> tokens, Mistakes mistakes) {
        this.section = section;
        this.tokens = tokens;
        this.mistakes = mistakes;
    }

    SshConfiguration read() {
        section.onlyKeys(KEYS);
        SshConfiguration defaults = SshConfiguration.ofDefaults();
        return new SshConfiguration(
                token("users"),
                userLabel().orElse(defaults.userLabel()),
                section.word("find-by", FIND_BY).orElse(defaults.findBy()),
                token("host-keys"),
                section.value("host-key-label").map(YamlNode.Scalar::text));
    }

    private Optional<String> token(String key) {
        Optional<YamlNode.Scalar> name = section.value(key);
        if (name.isPresent() && !tokens.contains(name.get().text())) {
            mistakes.unknown(name.get().at(), "token", name.get().text(), " in " + section.pathOf(key), tokens);
        }
        return name.map(YamlNode.Scalar::text);
    }

    private Optional<String> userLabel() {
        Optional<YamlNode.Scalar> pattern = section.value("user-label");
        if (pattern.isPresent() && pattern.get().text().split("\\{user}", -1).length != 2) {
            mistakes.add(
                    pattern.get().at(), section.pathOf("user-label") + " has {user} once, where the user's name goes");
        }
        return pattern.map(YamlNode.Scalar::text);
    }
}
