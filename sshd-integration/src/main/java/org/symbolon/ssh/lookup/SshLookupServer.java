package org.symbolon.ssh.lookup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.Clients;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;
import org.symbolon.serve.UnixListener;

/**
 * Answers look-ups on a unix socket, one a connection, so that sshd's commands need no Java of their own: {@code nc -U} is
 * enough. Thread-safe.
 *
 * <p>A question is one line of at most {@value #MAX_LINE_BYTES} bytes: {@code keys}, a tab, the user's name, a tab and what is
 * offered; or {@code principals}, a tab, the user's name, a tab and the CA's fingerprint. The answer is the lines and behind them
 * the line {@code ok}, without which it is not whole; if the store cannot tell, {@code failed} alone.
 */
public final class SshLookupServer implements Monitored, AutoCloseable {
    /** The longest question: room for the longest certificate in base64. */
    public static final int MAX_LINE_BYTES = 100_000;

    private static final Duration MESSAGE = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final UnixListener listener;
    private final Clients clients;

    private SshLookupServer(UnixListener listener, Clients clients) {
        this.listener = listener;
        this.clients = clients;
    }

    /**
     * Begins to answer.
     *
     * @param socket where; the socket is removed at the end
     * @param users whom to answer beside the user that this process runs as, such as {@code nobody}
     * @param lookup what answers; it stays the caller's
     * @param maxClients how many questions at a time, 1 to 65536
     * @return the server, to be closed
     * @throws IOException if the socket cannot be made
     */
    public static SshLookupServer start(Path socket, Set<String> users, SshLookup lookup, int maxClients)
            throws IOException {
        ClientTimes times = new ClientTimes(MESSAGE, SILENCE);
        Clients clients = new Clients(
                (stream, refusals, mayWait) -> new LookupConnection(stream, lookup, times, refusals),
                "symbolon_ssh_lookup_",
                Clients.requireMax(maxClients),
                DRAIN);
        UnixListener listener;
        try {
            listener = UnixListener.open(socket, users);
        } catch (IOException e) {
            clients.close(List.of());
            throw e;
        }
        clients.listen(listener);
        return new SshLookupServer(listener, clients);
    }

    /**
     * Where it listens.
     *
     * @return the address, as the log says it
     */
    public String address() {
        return listener.address();
    }

    @Override
    public void writeTo(PrometheusText text) {
        clients.writeTo(text);
    }

    @Override
    public ServerHealth health() {
        return new ServerHealth(clients.isClosed() ? List.of("SSH look-ups have ended") : List.of());
    }

    /** Ends it. Idempotent. */
    @Override
    public void close() {
        clients.close(List.of(listener));
    }
}
