package org.symbolon.remote.transport;

import java.io.IOException;
import org.symbolon.Deadline;
import org.symbolon.remote.oncrpc.GssClient;
import org.symbolon.remote.oncrpc.GssService;
import org.symbolon.transport.CallWatch;

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
    @Override
    public Transport connect(CallWatch watch, Deadline deadline) throws IOException {
        return TcpTransport.open(host, port, watch, deadline);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
