package org.symbolon.ssh.agent;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.symbolon.config.AgentConfiguration;
import org.symbolon.config.AgentPurpose;
import org.symbolon.ssh.agent.SessionBindings.Binding;
import org.symbolon.ssh.certificate.CertificateKind;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * What a key of an agent may be used for, whoever asks: checked at every signature, beside what the client gave the key with.
 * Immutable. Whatever is an empty set restricts nothing.
 *
 * @param purposes what it may sign; not empty
 * @param hosts the fingerprints ({@code SHA256:...}) of the hosts that logins may go to: of their keys, or of the authorities that
 *     certify them. The client has to prove the host (OpenSSH 8.9 and newer do), else it is refused
 * @param users the users as whom it may log in, with {@code *} and {@code ?} as OpenSSH has them
 * @param namespaces the namespaces of SSHSIG, such as {@code git} and {@code file}, with the same patterns
 * @param peers the users of this machine that see and use the key
 * @param confirm whether a person confirms each use
 */
public record AgentKeyPolicy(
        Set<AgentPurpose> purposes,
        Set<String> hosts,
        Set<String> users,
        Set<String> namespaces,
        Set<String> peers,
        boolean confirm) {
    private static final AgentKeyPolicy DEFAULTS = new AgentKeyPolicy(
            Set.of(AgentPurpose.LOGIN, AgentPurpose.SIGNATURE), Set.of(), Set.of(), Set.of(), Set.of(), false);

    /**
     * Copies the sets.
     *
     * @throws IllegalArgumentException if there is no purpose, or a host is no fingerprint
     */
    public AgentKeyPolicy {
        purposes = Set.copyOf(purposes);
        hosts = Set.copyOf(hosts);
        users = Set.copyOf(users);
        namespaces = Set.copyOf(namespaces);
        peers = Set.copyOf(peers);
        if (purposes.isEmpty()) {
            throw new IllegalArgumentException("a key has one purpose at least: login, host, ca, signature or other");
        }
        hosts.stream().filter(host -> !host.matches("SHA256:[A-Za-z0-9+/]{43}")).forEach(host -> {
            throw new IllegalArgumentException(
                    "a host is SHA256: and 43 characters, as ssh-keygen -l shows its key, not " + host);
        });
    }

    /**
     * The policy of a key for which nothing else is said: it logs in and signs files, everywhere.
     *
     * @return the policy
     */
    public static AgentKeyPolicy ofDefaults() {
        return DEFAULTS;
    }

    /**
     * The policy that a configuration file says.
     *
     * @param key what it says of a key
     * @return the policy
     */
    public static AgentKeyPolicy of(AgentConfiguration.Key key) {
        return new AgentKeyPolicy(
                key.purposes().isEmpty() ? DEFAULTS.purposes() : key.purposes(),
                key.hosts(),
                key.users(),
                key.namespaces(),
                key.peers(),
                key.confirm());
    }

    /**
     * The same with other purposes.
     *
     * @param others what it may sign; not empty
     * @return the policy
     */
    public AgentKeyPolicy purposes(AgentPurpose... others) {
        return new AgentKeyPolicy(Set.of(others), hosts, users, namespaces, peers, confirm);
    }

    /**
     * The same with other hosts.
     *
     * @param fingerprints their fingerprints
     * @return the policy
     */
    public AgentKeyPolicy hosts(String... fingerprints) {
        return new AgentKeyPolicy(purposes, Set.of(fingerprints), users, namespaces, peers, confirm);
    }

    /**
     * The same with other users.
     *
     * @param patterns as whom it may log in
     * @return the policy
     */
    public AgentKeyPolicy users(String... patterns) {
        return new AgentKeyPolicy(purposes, hosts, Set.of(patterns), namespaces, peers, confirm);
    }

    /**
     * The same with other namespaces.
     *
     * @param patterns of SSHSIG's namespaces
     * @return the policy
     */
    public AgentKeyPolicy namespaces(String... patterns) {
        return new AgentKeyPolicy(purposes, hosts, users, Set.of(patterns), peers, confirm);
    }

    /**
     * The same for other users of this machine.
     *
     * @param names their names
     * @return the policy
     */
    public AgentKeyPolicy peers(String... names) {
        return new AgentKeyPolicy(purposes, hosts, users, namespaces, Set.of(names), confirm);
    }

    /**
     * The same with or without confirmation.
     *
     * @param asks whether a person confirms each use
     * @return the policy
     */
    public AgentKeyPolicy confirm(boolean asks) {
        return new AgentKeyPolicy(purposes, hosts, users, namespaces, peers, asks);
    }

    boolean isFor(String peer) {
        return peers.isEmpty() || peers.contains(peer);
    }

    void require(SignedData data, SessionBindings bindings, Instant now) throws AgentRefusal {
        if (!purposes.contains(data.purpose())) {
            throw new AgentRefusal("its purposes are " + words() + ", and this is for "
                    + data.purpose().word());
        }
        if (data.purpose() == AgentPurpose.SIGNATURE && !PolicyPatterns.fit(namespaces, data.namespace())) {
            throw new AgentRefusal("it does not sign in that namespace");
        }
        if (data.login().isPresent()) {
            requireLogin(data.login().get(), bindings, now);
        }
    }

    private void requireLogin(SignedData.Login login, SessionBindings bindings, Instant now) throws AgentRefusal {
        if (!PolicyPatterns.fit(users, login.user())) {
            throw new AgentRefusal("it does not log in as that user");
        }
        if (hosts.isEmpty()) {
            return;
        }
        Optional<Binding> last = bindings.last();
        if (last.isEmpty() || last.get().forwarded() || !last.get().sessionId().equals(login.sessionId())) {
            throw new AgentRefusal("it is for some hosts only, and the client has not proved to which host it goes");
        }
        HostKey host = last.get().host();
        boolean known = hosts.contains(host.key().fingerprint())
                || host.certificate()
                        .filter(certificate -> isOfHost(certificate, now)
                                && hosts.contains(certificate.authority().fingerprint()))
                        .isPresent();
        if (!known) {
            throw new AgentRefusal("it is not for host " + host);
        }
    }

    /** A user's certificate of the same authority, or one that has run out, says nothing of a host. */
    private static boolean isOfHost(SshCertificate certificate, Instant now) {
        return certificate.kind() == CertificateKind.HOST
                && certificate.validity().contains(now)
                && certificate.options().critical().isEmpty();
    }

    private String words() {
        return purposes.stream().sorted().map(AgentPurpose::word).toList().toString();
    }
}
