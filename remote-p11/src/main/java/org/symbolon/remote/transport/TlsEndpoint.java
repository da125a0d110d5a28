package org.symbolon.remote.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;

/**
 * A TCP port with TLS 1.3 or 1.2. The server's certificate is checked against its name; the client shows one of its own if
 * it was given one.
 *
 * @param host the server's name or address
 * @param port its port
 * @param sockets what makes the sockets
 */
public record TlsEndpoint(String host, int port, SSLSocketFactory sockets) implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(TlsEndpoint.class);

    @Override
    public Transport connect(CallWatch watch, Deadline deadline) throws IOException {
        InetAddress address = Aside.run(() -> InetAddress.getByName(host), unwanted -> {}, deadline);
        Socket plain = new Socket();
        CallWatch.Call call = watch.watch(() -> close(plain), deadline, Patience.ENDLESS);
        try (call) {
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            plain.connect(new InetSocketAddress(address, port));
            SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new Connected(socket, plain, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a socket failed", e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    private record Connected(SSLSocket socket, Socket plain, InputStream input, OutputStream output)
            implements Transport {
        @Override
        public String lastWords() {
            return "";
        }

        /** Closes the connection below TLS: a farewell could block on a peer that does not read. */
        @Override
        public void close() {
            TlsEndpoint.close(plain);
        }
    }
}
