package org.symbolon.remote.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A unix socket.
 *
 * @param path the socket
 */
public record UnixEndpoint(Path path) implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(UnixEndpoint.class);

    @Override
    public Transport connect(Duration timeout) throws IOException {
        return new Connected(SocketChannel.open(UnixDomainSocketAddress.of(path)));
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
