package org.symbolon.kmip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.symbolon.Deadline;

/**
 * Where a server is.
 *
 * @param host its name or address, which its certificate has to have
 * @param port its port
 * @param sockets what makes TLS of a connection
 */
record ServerAddress(String host, int port, SSLSocketFactory sockets) {
    /** A connection: TLS, and the plain socket below it, which closes without a farewell that could block. */
    record Sockets(SSLSocket tls, Socket plain) {}

    /** Connects with TLS 1.3 or 1.2 and checks the server's name. */
    Sockets connect(DeadlineWatch watch, Deadline deadline) throws IOException {
        Socket plain = new Socket();
        DeadlineWatch.Call call = watch.watch(plain, deadline);
        try {
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            long millis = Math.max(1, deadline.remaining().toMillis());
            plain.connect(new InetSocketAddress(host, port), (int) Math.min(Integer.MAX_VALUE, millis));
            SSLSocket tls = (SSLSocket) sockets.createSocket(plain, host, port, true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return new Sockets(tls, plain);
        } catch (IOException e) {
            plain.close();
            throw e;
        } finally {
            call.close();
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
