package org.symbolon.ssh.agent;

import java.nio.file.Path;
import java.util.List;
import org.symbolon.serve.Clients;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;
import org.symbolon.serve.UnixListener;

/**
 * An ssh-agent whose keys stay in tokens: OpenSSH's client, server, {@code ssh-keygen} and whatever else speaks to an agent uses
 * them through a unix socket.
 *
 * <pre>{@code
 * try (OpenToken team = configuration.token("team").open();
 *      TokenSshAgent agent = TokenSshAgent.builder()
 *              .token(team.session())
 *              .socket(Path.of("/run/user/1000/symbolon-agent.sock"))
 *              .start()) {
 *     agent.await(); // SSH_AUTH_SOCK=/run/user/1000/symbolon-agent.sock ssh host
 * }
 * }</pre>
 *
 * <p><b>Security guarantees.</b> Only users that the kernel names are let in: the one that the agent runs as, and those that the
 * builder names, who see and use keys and change nothing. A key signs what its {@link AgentKeyPolicy} allows, by the shape of the
 * data: no client gets a signature over anything else. SHA-1 is never used. What clients send is bounded before it is read.
 * Each signature, and each change, is a line of the logger {@code org.symbolon.audit.agent}: who, which key, which host, for what.
 *
 * <p>Keys are looked up in memory and followed by the tokens' change feed; signing holds no lock. With sessions of a {@link
 * org.symbolon.LiveToken} the agent outlives restarts of the token. Thread-safe.
 */
public final class TokenSshAgent implements AutoCloseable, Monitored {
    private final Path socket;
    private final UnixListener listener;
    private final Clients clients;
    private final Keyring keyring;

    TokenSshAgent(Path socket, UnixListener listener, Clients clients, Keyring keyring) {
        this.socket = socket;
        this.listener = listener;
        this.clients = clients;
        this.keyring = keyring;
    }

    /**
     * Begins to set one up.
     *
     * @return a builder
     */
    public static TokenSshAgentBuilder builder() {
        return new TokenSshAgentBuilder();
    }

    /**
     * Where the agent listens.
     *
     * @return what {@code SSH_AUTH_SOCK} is set to
     */
    public Path socket() {
        return socket;
    }

    /**
     * What the agent holds.
     *
     * @return the keys and certificates as its own user's programs see them while it is not locked
     */
    public List<AgentIdentity> identities() {
        return AgentConversation.identities(keyring.keys());
    }

    @Override
    public void writeTo(PrometheusText text) {
        clients.writeTo(text);
    }

    @Override
    public ServerHealth health() {
        return new ServerHealth(clients.isClosed() ? List.of("the agent has ended") : List.of());
    }

    /**
     * Waits until the agent is closed.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void await() throws InterruptedException {
        clients.awaitEnd();
    }

    /** Removes the socket, lets signatures that are being made be answered, and forgets all keys. Idempotent, throws nothing. */
    @Override
    public void close() {
        clients.close(List.of(listener));
        keyring.close();
    }
}
