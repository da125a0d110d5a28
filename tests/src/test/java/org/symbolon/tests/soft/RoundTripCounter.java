package org.symbolon.tests.soft;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a PostgreSQL server and counts, for each connection, how often the client waits for an
 * answer: its Sync and Query messages (PostgreSQL's documentation, "Message Formats").
 */
final class RoundTripCounter implements AutoCloseable {
    private static final int SYNC = 'S';
    private static final int QUERY = 'Q';

    private final ServerSocket listener;
    private final int serverPort;
    private final List<AtomicLong> connections = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    RoundTripCounter(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns the round trips of each connection until now, in the order in which they were made. */
    List<Long> counts() {
        return connections.stream().map(AtomicLong::get).toList();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            AtomicLong count = new AtomicLong();
            connections.add(count);
            daemon(() -> forward(client, server, count));
            daemon(() -> {
                server.getInputStream().transferTo(client.getOutputStream());
                client.close();
            });
        }
    }

    /** Forwards the start-up message, which has no type, and then one typed message after the other. */
    private static void forward(Socket client, Socket server, AtomicLong count) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = server.getOutputStream();
        byte[] startUp = new byte[in.readInt() - Integer.BYTES];
        in.readFully(startUp);
        out.write(length(startUp.length));
        out.write(startUp);
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = new byte[in.readInt() - Integer.BYTES];
            in.readFully(body);
            if (type == SYNC || type == QUERY) {
                count.incrementAndGet();
            }
            out.write(type);
            out.write(length(body.length));
            out.write(body);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private static byte[] length(int body) {
        int length = body + Integer.BYTES;
        return new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    }

    /** What a thread of this does until its sockets are closed. */
    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (EOFException | SocketException e) {
                        return;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "round-trip-counter");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
