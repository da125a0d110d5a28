package org.symbolon.tests.bench.ssh;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.symbolon.ssh.SshWriter;

/** Asks an ssh-agent for signatures, on one connection, as {@code ssh} does. */
final class AgentClient implements AutoCloseable {
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;

    private final SocketChannel channel;

    AgentClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    void sign(byte[] key, byte[] data) throws IOException {
        byte[] request = new SshWriter()
                .octet(SIGN_REQUEST)
                .string(key)
                .string(data)
                .uint32(0)
                .toByteArray();
        channel.write(ByteBuffer.wrap(new SshWriter().string(request).toByteArray()));
        ByteBuffer answer = read(read(4).getInt());
        if (answer.get() != SIGN_RESPONSE) {
            throw new IOException("the agent refused");
        }
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the agent is gone");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
