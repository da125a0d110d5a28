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
import org.symbolon.remote.oncrpc.GssClient;
import org.symbolon.remote.oncrpc.GssService;
import org.symbolon.transport.Aside;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.Patience;

/**
 * A TCP port where ONC RPC is spoken under a security context of Kerberos.
 *
 * @param host the server's name, which is in its principal
 * @param port its port
 * @param tickets what makes security contexts
 * @param service how calls are protected
 */
public record KerberosEndpoint(String host, int port, GssClient.Initiator tickets, GssService service)
        implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(KerberosEndpoint.class);

    @Override
    public Transport connect(CallWatch watch, Deadline deadline) throws IOException {
        InetAddress address = Aside.run(() -> InetAddress.getByName(host), unwanted -> {}, deadline);
        Socket socket = new Socket();
        CallWatch.Call call = watch.watch(() -> close(socket), deadline, Patience.ENDLESS);
        try (call) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address, port));
            return new Connected(socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            close(socket);
            throw e;
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a socket failed", e);
        }
    }

    private record Connected(Socket socket, InputStream input, OutputStream output) implements Transport {
        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void close() {
            KerberosEndpoint.close(socket);
        }
    }
}
