package org.symbolon.ssh.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An agent that answers every connection with the same bytes, whatever is asked, and then is silent.
 *
 * @param socket where it listens
 * @param server what accepts
 * @param clients who came
 */
record HostileAgent(Path socket, ServerSocketChannel server, List<SocketChannel> clients) implements AutoCloseable {
    static HostileAgent answering(Path socket, byte[] answer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        HostileAgent agent = new HostileAgent(socket, server, new CopyOnWriteArrayList<>());
        Thread thread = new Thread(() -> agent.answerAll(answer), "hostile-agent");
        thread.setDaemon(true);
        thread.start();
        return agent;
    }

    private void answerAll(byte[] answer) {
        try {
            while (true) {
                SocketChannel client = server.accept();
                clients.add(client);
                client.read(ByteBuffer.allocate(1024));
                client.write(ByteBuffer.wrap(answer));
            }
        } catch (AsynchronousCloseException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel client : clients) {
            client.close();
        }
        Files.deleteIfExists(socket);
    }
}
