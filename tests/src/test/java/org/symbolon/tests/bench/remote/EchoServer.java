package org.symbolon.tests.bench.remote;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A unix socket that answers so many bytes with so many others, as plainly as Java can: a thread for each connection, a buffer
 * outside the heap. A connection first tells both lengths.
 */
final class EchoServer {
    static final String SOCKET = "echo.sock";

    private final ServerSocketChannel server;

    private EchoServer(ServerSocketChannel server) {
        this.server = server;
    }

    /** Answers until the process ends. */
    static void start(Path folder) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve(SOCKET)));
        daemon(new EchoServer(server)::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel client = server.accept();
                daemon(() -> answer(client));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(SocketChannel client) {
        try (client) {
            ByteBuffer lengths = ByteBuffer.allocate(2 * Integer.BYTES);
            read(client, lengths);
            ByteBuffer request = ByteBuffer.allocateDirect(lengths.getInt());
            ByteBuffer reply = ByteBuffer.allocateDirect(lengths.getInt());
            while (true) {
                read(client, request);
                client.write(reply);
                reply.rewind();
                request.clear();
            }
        } catch (EOFException e) {
            // the client has what it wanted
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fills a buffer and flips it. */
    static void read(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the other end has left");
            }
        }
        buffer.flip();
    }

    /** Connects to an echo of these sizes, and returns what has it answer once. */
    static RemoteSigner connect(BenchPeers peers) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(peers.echoSocket()));
        channel.write(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(peers.requestBytes())
                .putInt(peers.replyBytes())
                .flip());
        ByteBuffer request = ByteBuffer.allocateDirect(peers.requestBytes());
        ByteBuffer reply = ByteBuffer.allocateDirect(peers.replyBytes());
        return () -> {
            try {
                channel.write(request);
                request.rewind();
                read(channel, reply);
                reply.clear();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
