package org.symbolon.remote.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a unix socket. Lets in the user that the server runs as, and those that are named. */
final class UnixListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(UnixListener.class);

    private final Path path;
    private final ServerSocketChannel server;
    private final String owner;
    private final Set<String> otherUsers;

    private UnixListener(Path path, ServerSocketChannel server, String owner, Set<String> otherUsers) {
        this.path = path;
        this.server = server;
        this.owner = owner;
        this.otherUsers = Set.copyOf(otherUsers);
    }

    /**
     * Begins to listen. A socket that nobody listens on any more is replaced.
     *
     * @throws IOException if somebody listens there, something else is there, or the place cannot be written
     */
    static UnixListener open(Path path, Set<String> otherUsers) throws IOException {
        removeStale(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean good = false;
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            // the peer's user is checked at each connection; the permissions keep the others from trying
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(otherUsers.isEmpty() ? "rw-------" : "rw-rw-rw-"));
            String owner = Files.getOwner(path).getName();
            good = true;
            return new UnixListener(path, server, owner, otherUsers);
        } finally {
            if (!good) {
                server.close();
            }
        }
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean socket = !Files.isRegularFile(path) && !Files.isDirectory(path) && !Files.isSymbolicLink(path);
        if (!socket) {
            throw new IOException(path + " is there and is no socket");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("somebody listens on " + probe.getRemoteAddress() + " already");
        } catch (java.net.ConnectException e) {
            LOG.debug("nobody listens on {} any more: {}", path, e.getMessage());
            Files.delete(path);
        }
    }

    @Override
    public void listen(Consumer<ClientStream> clients) {
        Accepting.untilClosed(server::isOpen, address(), () -> admit(server.accept(), clients));
    }

    private void admit(SocketChannel client, Consumer<ClientStream> clients) throws IOException {
        boolean handedOn = false;
        try {
            handOn(client, clients);
            handedOn = true;
        } finally {
            if (!handedOn) {
                client.close();
            }
        }
    }

    private void handOn(SocketChannel client, Consumer<ClientStream> clients) throws IOException {
        String user = user(client);
        if (!user.equals(owner) && !otherUsers.contains(user)) {
            LOG.warn("refused a connection of user {} on {}: only {} and {} may", user, path, owner, otherUsers);
            client.close();
            return;
        }
        clients.accept(new ClientStream(
                "user " + user + " on " + path,
                Channels.newInputStream(client),
                Channels.newOutputStream(client),
                client));
    }

    private static String user(SocketChannel client) throws IOException {
        UnixDomainPrincipal peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return peer.user().getName();
    }

    @Override
    public String address() {
        return "unix:path=" + path;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
