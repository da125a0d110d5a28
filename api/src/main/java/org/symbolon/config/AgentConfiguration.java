package org.symbolon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the ssh-agent shows, to whom, and for what.
 *
 * @param socket where it listens
 * @param tokens the names of the tokens whose keys it has from the beginning
 * @param smartcards the names of the tokens that {@code ssh-add -s NAME} opens; none means all that are configured
 * @param users whom it lets in beside the user that it runs as, by name
 * @param certificates files of OpenSSH certificates that are shown beside their keys
 * @param addKeys whether it takes private keys ({@code ssh-add FILE}), in memory
 * @param askpass the program that asks for confirmation
 * @param confirm whether each use of each key is confirmed
 * @param lifetime how long what clients add stays where they do not say it
 * @param idle how long a client may be silent
 * @param maxClients how many clients may be connected at a time
 * @param keys what keys may be used for, by their label or fingerprint; {@value #OTHERS} are all that are not named
 */
public record AgentConfiguration(
        Optional<Path> socket,
        List<String> tokens,
        List<String> smartcards,
        Set<String> users,
        List<Path> certificates,
        boolean addKeys,
        Optional<Path> askpass,
        boolean confirm,
        Optional<Duration> lifetime,
        Optional<Duration> idle,
        int maxClients,
        Map<String, Key> keys) {
    /** The name that stands for every key that is not named. */
    public static final String OTHERS = "*";

    /** How many clients may be connected unless it is said otherwise. */
    public static final int DEFAULT_CLIENTS = 256;

    /**
     * What a key may be used for; an empty set restricts nothing.
     *
     * @param purposes what it may sign; if empty, logins and files
     * @param hosts the fingerprints of hosts to which logins may go
     * @param users as whom it may log in
     * @param namespaces of files that it signs
     * @param peers the users of this machine that may use it
     * @param confirm whether each use is confirmed
     */
    public record Key(
            Set<AgentPurpose> purposes,
            Set<String> hosts,
            Set<String> users,
            Set<String> namespaces,
            Set<String> peers,
            boolean confirm) {
        /** Copies the sets. */
        public Key {
            purposes = Set.copyOf(purposes);
            hosts = Set.copyOf(hosts);
            users = Set.copyOf(users);
            namespaces = Set.copyOf(namespaces);
            peers = Set.copyOf(peers);
        }
    }

    /** Copies the lists. */
    public AgentConfiguration {
        tokens = List.copyOf(tokens);
        smartcards = List.copyOf(smartcards);
        users = Set.copyOf(users);
        certificates = List.copyOf(certificates);
        keys = Map.copyOf(new LinkedHashMap<>(keys));
    }

    /**
     * Returns what is said of a key.
     *
     * @param label its label
     * @param fingerprint its fingerprint, {@code SHA256:...}
     * @return what the fingerprint's entry says, else the label's, else that of all others; empty if there is none
     */
    public Optional<Key> key(String label, String fingerprint) {
        return Optional.ofNullable(keys.get(fingerprint))
                .or(() -> Optional.ofNullable(keys.get(label)))
                .or(() -> Optional.ofNullable(keys.get(OTHERS)));
    }

    static AgentConfiguration ofDefaults() {
        return new AgentConfiguration(
                Optional.empty(),
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                DEFAULT_CLIENTS,
                Map.of());
    }
}
