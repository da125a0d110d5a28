package org.symbolon.transport;

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

/** A client's connection with TLS 1.3 or 1.2 to a server whose certificate has its name. Used as its streams are. */
public final class TlsConnection implements CallWatch.Cut {
    private static final Logger LOG = LoggerFactory.getLogger(TlsConnection.class);

    private final Socket plain;
    private final SSLSocket tls;

    private TlsConnection(Socket plain, SSLSocket tls) {
        this.plain = plain;
        this.tls = tls;
    }

    /**
     * Connects and shakes hands. Ends soon after the deadline, or after the thread was interrupted, whatever it waits for: a name
     * server, a port, a handshake.
     *
     * @param host the server's name or address, which its certificate has to have
     * @param port its port
     * @param sockets what makes TLS of a connection
     * @param watch what ends the wait
     * @param deadline until when it may take
     * @return the connection
     * @throws IOException if nobody is there, in time or at all, or it is not who it should be
     */
    public static TlsConnection open(
            String host, int port, SSLSocketFactory sockets, CallWatch watch, Deadline deadline) throws IOException {
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
            return new TlsConnection(plain, socket);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /**
     * Returns what the server sends.
     *
     * @return the stream, the same each time
     * @throws IOException if the connection has ended
     */
    public InputStream input() throws IOException {
        return tls.getInputStream();
    }

    /**
     * Returns what the server is sent.
     *
     * @return the stream, the same each time
     * @throws IOException if the connection has ended
     */
    public OutputStream output() throws IOException {
        return tls.getOutputStream();
    }

    /** {@return the socket} */
    public SSLSocket socket() {
        return tls;
    }

    /** Closes the connection below TLS: a farewell could block on a peer that does not read. */
    @Override
    public void cut() {
        close(plain);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a socket failed", e);
        }
    }
}
