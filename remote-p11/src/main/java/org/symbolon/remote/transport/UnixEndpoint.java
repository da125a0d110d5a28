package org.symbolon.remote.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.Patience;

/**
 * A unix socket.
 *
 * @param path the socket
 */
public record UnixEndpoint(Path path) implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(UnixEndpoint.class);

    @Override
    public Transport connect(CallWatch watch, Deadline deadline) throws IOException {
        Connected connection = new Connected(SocketChannel.open(StandardProtocolFamily.UNIX));
        CallWatch.Call call = watch.watch(connection, deadline, Patience.ENDLESS);
        try (call) {
            connection.channel.connect(UnixDomainSocketAddress.of(path)); // blocks while the server's queue is full
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public String toString() {
        return "the socket " + path;
    }

    private static final class Connected implements Transport {
        private final SocketChannel channel;
        private final InputStream input;
        private final OutputStream output;

        Connected(SocketChannel channel) {
            this.channel = channel;
            this.input = Channels.newInputStream(channel);
            this.output = Channels.newOutputStream(channel);
        }

        @Override
        public InputStream input() {
            return input;
        }

        @Override
        public OutputStream output() {
            return output;
        }

        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("Closing a unix socket failed", e);
            }
        }
    }
}
