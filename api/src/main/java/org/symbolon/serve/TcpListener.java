package org.symbolon.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Listens on a TCP port for protocols that prove who clients are themselves: everybody is let in, as nobody that is known.
 * Thread-safe.
 */
public final class TcpListener implements Listener {
    private static final int BACKLOG = 1024; // the system has a limit of its own

    private final ServerSocketChannel server;
    private final InetSocketAddress address;
    private final String scheme;

    private TcpListener(ServerSocketChannel server, String scheme) throws IOException {
        this.server = server;
        this.address = (InetSocketAddress) server.getLocalAddress();
        this.scheme = scheme;
    }

    /**
     * Begins to listen.
     *
     * @param address where; port 0 takes one that is free
     * @param scheme what the protocol is called in addresses, such as {@code krb5}
     * @return the listener
     * @throws IOException if it cannot listen there
     */
    public static TcpListener open(InetSocketAddress address, String scheme) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        boolean good = false;
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            TcpListener listener = new TcpListener(server, scheme);
            good = true;
            return listener;
        } finally {
            if (!good) {
                server.close();
            }
        }
    }

    @Override
    public void listen(Entrance entrance, Arrivals arrivals) {
        Accepting.untilClosed(server::isOpen, address(), () -> admit(server.accept(), entrance, arrivals));
    }

    private static void admit(SocketChannel client, Entrance entrance, Arrivals arrivals) throws IOException {
        boolean handedOn = false;
        try {
            ClientStream stream = stream(client);
            if (!entrance.isFull(stream.name())) {
                arrivals.enter(client, stream.name(), () -> {
                    if (arrivals.leave(client)) {
                        entrance.admit(stream);
                    }
                });
                handedOn = true;
            }
        } finally {
            if (!handedOn) {
                client.close();
            }
        }
    }

    private static ClientStream stream(SocketChannel client) throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        return new ClientStream(
                new ClientIdentity(
                        ClientIdentity.Kind.NOBODY,
                        client.socket().getInetAddress().getHostAddress()),
                "at " + client.getRemoteAddress(),
                Channels.newInputStream(client),
                Channels.newOutputStream(client),
                client);
    }

    /** {@return where it listens} */
    public InetSocketAddress socketAddress() {
        return address;
    }

    @Override
    public String address() {
        return scheme + "://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
