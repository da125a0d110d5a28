package org.symbolon.serve;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a unix socket. Lets in the user that the server runs as, and those that are named; the kernel says who a client
 * is. Thread-safe.
 */
public final class UnixListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(UnixListener.class);
    private static final int BACKLOG = 1024; // the system has a limit of its own

    private final ServerSocketChannel server;
    private final String path;
    private final Optional<Path> own;
    private final UnixPeers peers;
    private final boolean atOnce;

    private UnixListener(ServerSocketChannel server, String path, Optional<Path> own, UnixPeers peers, boolean atOnce) {
        this.server = server;
        this.path = path;
        this.own = own;
        this.peers = peers;
        this.atOnce = atOnce;
    }

    /**
     * Begins to listen. A socket that nobody listens on any more is replaced.
     *
     * @param path where the socket is made; removed when the listener is closed
     * @param otherUsers the names of users on this machine that are let in, too
     * @return the listener
     * @throws IOException if somebody listens there, something else is there, or the place cannot be written
     */
    public static UnixListener open(Path path, Set<String> otherUsers) throws IOException {
        removeStale(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean good = false;
        try {
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            // the peer's user is checked at each connection; the permissions keep the others from trying
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(otherUsers.isEmpty() ? "rw-------" : "rw-rw-rw-"));
            UnixPeers peers = new UnixPeers(Files.getOwner(path).getName(), otherUsers);
            good = true;
            return new UnixListener(server, path.toString(), Optional.of(path), peers, false);
        } finally {
            if (!good) {
                server.close();
            }
        }
    }

    /**
     * Listens on a socket that somebody else has bound, and removes.
     *
     * @param server the socket, in blocking mode; closed with the listener
     * @param otherUsers the names of users on this machine that are let in, too
     * @return the listener
     * @throws IOException if the user that this process runs as cannot be told
     */
    public static UnixListener on(ServerSocketChannel server, Set<String> otherUsers) throws IOException {
        return new UnixListener(
                server,
                server.getLocalAddress().toString(),
                Optional.empty(),
                UnixPeers.ofThisProcess(otherUsers),
                false);
    }

    /**
     * Returns this listener for a protocol whose clients may think before their first word: they are clients at once, since the
     * kernel has said who they are.
     *
     * @return the same listener, to be used instead of this one
     */
    public UnixListener admittingAtOnce() {
        return new UnixListener(server, path, own, peers, true);
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean socket = !Files.isRegularFile(path) && !Files.isDirectory(path) && !Files.isSymbolicLink(path);
        if (!socket) {
            throw new IOException(path + " is there and is no socket");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("somebody listens on " + probe.getRemoteAddress() + " already");
        } catch (ConnectException e) {
            LOG.debug("nobody listens on {} any more: {}", path, e.getMessage());
            Files.delete(path);
        }
    }

    @Override
    public void listen(Entrance entrance, Arrivals arrivals) {
        Accepting.untilClosed(server::isOpen, address(), () -> admit(server.accept(), entrance, arrivals));
    }

    private void admit(SocketChannel client, Entrance entrance, Arrivals arrivals) throws IOException {
        boolean handedOn = false;
        try {
            handedOn = handOn(client, entrance, arrivals);
        } finally {
            if (!handedOn) {
                client.close();
            }
        }
    }

    private boolean handOn(SocketChannel client, Entrance entrance, Arrivals arrivals) throws IOException {
        ClientStream stream = UnixPeers.stream(client, "on " + path);
        if (entrance.isFull(stream.name())) {
            return false;
        }
        if (!peers.letIn(stream.client())) {
            entrance.refused(CutOff.USER, stream.name(), peers.toString());
            return false;
        }
        if (atOnce) {
            entrance.admit(stream);
            return true;
        }
        arrivals.enter(client, stream.name(), () -> {
            if (arrivals.leave(client)) {
                entrance.admit(stream);
            }
        });
        return true;
    }

    @Override
    public String address() {
        return "unix:path=" + path;
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (own.isPresent()) {
            Files.deleteIfExists(own.get());
        }
    }
}
