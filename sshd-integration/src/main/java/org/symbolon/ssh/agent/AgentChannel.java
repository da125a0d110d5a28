package org.symbolon.ssh.agent;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to an agent, by one thread at a time. Another may close it. */
final class AgentChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentChannel.class);
    private static final int BUFFER_BYTES = 1024; // most answers fit

    private final SocketChannel socket;
    private final InputStream input;

    private AgentChannel(SocketChannel socket) {
        this.socket = socket;
        this.input = new BufferedInputStream(Channels.newInputStream(socket), BUFFER_BYTES);
    }

    static AgentChannel open(Path path) throws IOException {
        return new AgentChannel(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    /** Sends a request, wipes it, and waits for the answer. */
    byte[] exchange(byte[] request) throws IOException {
        byte[] frame = AgentFrame.of(request);
        try {
            ByteBuffer left = ByteBuffer.wrap(frame);
            while (left.hasRemaining()) {
                socket.write(left);
            }
        } finally {
            Arrays.fill(frame, (byte) 0);
            Arrays.fill(request, (byte) 0);
        }
        return AgentFrame.read(input);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection to an agent ended badly: {}", e.getMessage());
        }
    }
}
