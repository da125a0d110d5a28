package org.symbolon.remote.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.transport.Aside;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.Patience;

/** A connection by TCP, without TLS. */
record TcpTransport(Socket socket, InputStream input, OutputStream output) implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

    /** Connects, as {@link Endpoint#connect} says. */
    static TcpTransport open(String host, int port, CallWatch watch, Deadline deadline) throws IOException {
        InetAddress address = Aside.run(() -> InetAddress.getByName(host), unwanted -> {}, deadline);
        Socket socket = new Socket();
        CallWatch.Call call = watch.watch(() -> close(socket), deadline, Patience.ENDLESS);
        try (call) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address, port));
            return new TcpTransport(socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            close(socket);
            throw e;
        }
    }

    @Override
    public String lastWords() {
        return "";
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a socket failed", e);
        }
    }
}
