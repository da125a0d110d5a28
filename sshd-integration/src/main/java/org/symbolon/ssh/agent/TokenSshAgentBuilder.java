package org.symbolon.ssh.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.Clients;
import org.symbolon.serve.UnixListener;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.certificate.SshCertificate;

/** Sets a {@link TokenSshAgent} up. Not thread-safe. */
public final class TokenSshAgentBuilder {
    /** How many clients may be connected unless it is said otherwise. */
    public static final int DEFAULT_CLIENTS = 256;

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final List<Source> sources = new ArrayList<>();
    private final List<SshCertificate> certificates = new ArrayList<>();
    private final Set<String> users = new TreeSet<>();
    private @Nullable Path socket;
    private AgentKeyPolicies policies = (key, label) -> AgentKeyPolicy.ofDefaults();
    private AgentTokens tokens = (id, pin) -> Optional.empty();
    private Optional<AgentConfirmation> confirmation = Optional.empty();
    private Optional<Duration> lifetime = Optional.empty();
    private boolean addedKeys;
    private boolean confirmed;
    private int maxClients = DEFAULT_CLIENTS;
    private ClientTimes times = ClientTimes.DEFAULT;

    /** Keys that are served from the beginning. */
    private record Source(Session session, ObjectQuery query) {}

    TokenSshAgentBuilder() {}

    /**
     * Serves all private keys of a token that SSH can use.
     *
     * @param session the session to sign with; it stays the caller's, open for longer than the agent
     * @return this builder
     */
    public TokenSshAgentBuilder token(Session session) {
        return token(session, ObjectQuery.privateKeys());
    }

    /**
     * Serves some private keys of a token.
     *
     * @param session the session to sign with; it stays the caller's, open for longer than the agent
     * @param query what they match
     * @return this builder
     */
    public TokenSshAgentBuilder token(Session session, ObjectQuery query) {
        sources.add(new Source(session, query));
        return this;
    }

    /**
     * Shows a certificate beside its key, whichever token that is in.
     *
     * @param certificate a certificate of a user or host
     * @return this builder
     */
    public TokenSshAgentBuilder certificate(SshCertificate certificate) {
        certificates.add(certificate);
        return this;
    }

    /**
     * Sets what each key may be used for.
     *
     * @param newPolicies the policies; {@link AgentKeyPolicy#ofDefaults()} for every key unless set
     * @return this builder
     */
    public TokenSshAgentBuilder policies(AgentKeyPolicies newPolicies) {
        policies = newPolicies;
        return this;
    }

    /**
     * Sets which tokens {@code ssh-add -s} opens.
     *
     * @param newTokens the tokens; none unless set
     * @return this builder
     */
    public TokenSshAgentBuilder tokens(AgentTokens newTokens) {
        tokens = newTokens;
        return this;
    }

    /**
     * Sets who is asked where the use of a key is to be confirmed.
     *
     * @param newConfirmation asks; without it such keys do not sign
     * @return this builder
     */
    public TokenSshAgentBuilder confirmation(AgentConfirmation newConfirmation) {
        confirmation = Optional.of(newConfirmation);
        return this;
    }

    /**
     * Lets clients hand private keys over ({@code ssh-add FILE}). They are kept in memory, until they are removed, their lifetime is
     * over, or the agent ends; no token gets them.
     *
     * @param taken whether they are taken; not unless set
     * @return this builder
     */
    public TokenSshAgentBuilder addedKeys(boolean taken) {
        addedKeys = taken;
        return this;
    }

    /**
     * Sets how long what clients add stays where they do not say it.
     *
     * @param time more than zero; for as long as the agent runs unless set
     * @return this builder
     */
    public TokenSshAgentBuilder lifetime(Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("the lifetime is more than zero, not " + time);
        }
        lifetime = Optional.of(time);
        return this;
    }

    /**
     * Sets whether each use of each key is confirmed, beside what the policies say.
     *
     * @param asks whether it is; not unless set
     * @return this builder
     */
    public TokenSshAgentBuilder confirm(boolean asks) {
        confirmed = asks;
        return this;
    }

    /**
     * Sets where the agent listens.
     *
     * @param path where the socket is made, with mode 0600, or 0666 where other users are let in; one that nobody listens on any
     *     more is replaced
     * @return this builder
     */
    public TokenSshAgentBuilder socket(Path path) {
        socket = path;
        return this;
    }

    /**
     * Lets another user in, who sees and uses keys and changes nothing.
     *
     * @param user the user's name on this machine
     * @return this builder
     */
    public TokenSshAgentBuilder user(String user) {
        users.add(user);
        return this;
    }

    /**
     * Sets how many clients may be connected at a time; those above are closed at once.
     *
     * @param clients 1 to 65536; {@value #DEFAULT_CLIENTS} unless set
     * @return this builder
     */
    public TokenSshAgentBuilder maxClients(int clients) {
        maxClients = Clients.requireMax(clients);
        return this;
    }

    /**
     * Sets how long a client may be silent between requests.
     *
     * @param time more than zero; as long as it likes unless set
     * @return this builder
     */
    public TokenSshAgentBuilder idle(Duration time) {
        times = times.withSilence(time);
        return this;
    }

    /**
     * Sets how long a request may take to arrive once it has begun, and an answer to be taken.
     *
     * @param time more than zero; 30 seconds unless set
     * @return this builder
     */
    public TokenSshAgentBuilder requestTimeout(Duration time) {
        times = times.withMessage(time);
        return this;
    }

    /**
     * Reads and tests the keys, and starts the agent.
     *
     * @return the agent, listening
     * @throws IOException if it cannot listen there
     * @throws TokenException if a token cannot tell its keys
     * @throws IllegalArgumentException if it is not said where to listen
     */
    public TokenSshAgent start() throws IOException, TokenException {
        if (socket == null) {
            throw new IllegalArgumentException("where? An agent listens on a socket: socket(path)");
        }
        Path path = socket;
        KeyConstraints defaults = new KeyConstraints(lifetime, confirmed, List.of(), List.of());
        AgentRules rules = new AgentRules(tokens, confirmation, addedKeys, defaults, Clock.systemUTC());
        AgentLock lock = new AgentLock();
        Keyring keyring = keyring(defaults);
        UnixListener listener = null;
        boolean started = false;
        try {
            listener = UnixListener.open(path, users).admittingAtOnce();
            Clients clients = clients(keyring, lock, rules, Files.getOwner(path).getName());
            clients.listen(listener);
            started = true;
            return new TokenSshAgent(path, listener, clients, keyring);
        } finally {
            if (!started) {
                keyring.close();
                if (listener != null) {
                    listener.close();
                }
            }
        }
    }

    private Clients clients(Keyring keyring, AgentLock lock, AgentRules rules, String owner) throws IOException {
        return new Clients(
                (stream, refusals, mayWait) -> {
                    String user = stream.client().name();
                    AgentConversation conversation = new AgentConversation(
                            keyring, lock, rules, stream.client().toString(), user, user.equals(owner));
                    return new AgentConnection(stream, conversation, times, refusals, mayWait);
                },
                "symbolon_agent_",
                maxClients,
                DRAIN);
    }

    private Keyring keyring(KeyConstraints defaults) throws TokenException {
        TokenSigner signer = new TokenSigner();
        List<TokenSshKeys> served = new ArrayList<>();
        boolean whole = false;
        try {
            for (Source source : sources) {
                served.add(TokenSshKeys.matching(source.session(), signer, source.query()));
            }
            whole = true;
            return new Keyring(signer, policies, certificates, served, defaults);
        } finally {
            if (!whole) {
                served.forEach(TokenSshKeys::close);
            }
        }
    }
}
