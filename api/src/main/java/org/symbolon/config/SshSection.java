package org.symbolon.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SSH's part of the file. */
final class SshSection {
    private static final String CACHE_AGE = "cache-age";
    private static final String CACHE_SIZE = "cache-size";
    private static final String OUTAGE = "outage";
    private static final String REVOCATION = "revocation";
    private static final String END_SESSIONS = "end-sessions";
    private static final String SERVER = "server";
    private static final int MAX_CONNECTIONS = 1 << 20;
    private static final List<String> SERVER_KEYS =
            List.of("workers", "token-deadline", "max-unauthenticated", "login-grace");
    private static final Map<String, SshConfiguration.Revocation> REVOCATIONS = Map.of(
            "probe", SshConfiguration.Revocation.PROBE, "signed-request", SshConfiguration.Revocation.SIGNED_REQUEST);
    private static final List<String> KEYS = List.of(
            "users",
            "user-label",
            "find-by",
            CACHE_AGE,
            CACHE_SIZE,
            OUTAGE,
            "host-keys",
            "host-key-label",
            "x509",
            REVOCATION,
            END_SESSIONS,
            SERVER,
            SshSelfServiceSection.NAME);
    private static final Map<String, SshConfiguration.FindBy> FIND_BY = Map.of(
            "id",
            SshConfiguration.FindBy.ID,
            "key",
            SshConfiguration.FindBy.KEY,
            "label",
            SshConfiguration.FindBy.LABEL);

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
                section.token("users", tokens),
                userLabel().orElse(defaults.userLabel()),
                section.word("find-by", FIND_BY).orElse(defaults.findBy()),
                section.token("host-keys", tokens),
                section.value("host-key-label").map(YamlNode.Scalar::text),
                cache(),
                new SshConfiguration.Logins(
                        section.word(REVOCATION, REVOCATIONS).orElse(SshConfiguration.Logins.ONCE.revocation()),
                        section.time(END_SESSIONS, SshConfiguration.Logins.MAX_PERIOD)),
                limits(section.section(SERVER)));
    }

    private static SshConfiguration.Limits limits(Section server) {
        server.onlyKeys(SERVER_KEYS);
        return new SshConfiguration.Limits(
                server.number("workers", 2, SshConfiguration.Limits.MAX_WORKERS),
                server.time("token-deadline", SshConfiguration.Limits.MAX_TIME),
                server.number("max-unauthenticated", MAX_CONNECTIONS),
                server.time("login-grace", SshConfiguration.Limits.MAX_TIME));
    }

    private SshConfiguration.Cache cache() {
        Duration age = timeOrWord(CACHE_AGE, "none", SshConfiguration.Cache.MAX_AGE);
        Optional<Integer> keys = section.number(CACHE_SIZE, SshConfiguration.Cache.MAX_KEYS);
        Duration outage = timeOrWord(OUTAGE, "refuse", SshConfiguration.Cache.MAX_OUTAGE);
        if (age.isZero() && !outage.isZero()) {
            section.value(OUTAGE)
                    .ifPresent(value -> mistakes.add(
                            value.at(),
                            section.pathOf(OUTAGE) + " serves keys that are remembered, and none are; set "
                                    + section.pathOf(CACHE_AGE)));
            return SshConfiguration.Cache.NONE;
        }
        return new SshConfiguration.Cache(age, keys.orElse(SshConfiguration.Cache.NONE.keys()), outage);
    }

    /** A time of at most so long; none where the word stands, or nothing. */
    private Duration timeOrWord(String key, String word, Duration max) {
        Optional<YamlNode.Scalar> value = section.value(key);
        if (value.isEmpty() || value.get().text().equals(word)) {
            return Duration.ZERO;
        }
        Optional<Duration> time = section.time(key);
        if (time.isPresent() && time.get().compareTo(max) > 0) {
            mistakes.add(
                    value.get().at(),
                    section.pathOf(key) + " is " + word + " or a time of at most " + max.toHours() + "h, not "
                            + value.get().text());
            return Duration.ZERO;
        }
        return time.orElse(Duration.ZERO);
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
