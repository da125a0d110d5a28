package org.symbolon.remote.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLSocketFactory;
import org.symbolon.Deadline;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.TlsConnection;

/**
 * A TCP port with TLS 1.3 or 1.2. The server's certificate is checked against its name; the client shows one of its own if
 * it was given one.
 *
 * @param host the server's name or address
 * @param port its port
 * @param sockets what makes the sockets
 */
public record TlsEndpoint(String host, int port, SSLSocketFactory sockets) implements Endpoint {
    @Override
    public Transport connect(CallWatch watch, Deadline deadline) throws IOException {
        TlsConnection connection = TlsConnection.open(host, port, sockets, watch, deadline);
        return new Connected(connection, connection.input(), connection.output());
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    private record Connected(TlsConnection connection, InputStream input, OutputStream output) implements Transport {
        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void close() {
            connection.cut();
        }
    }
}
