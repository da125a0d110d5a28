package org.symbolon.remote.transport;

import java.io.IOException;
import org.symbolon.Deadline;
import org.symbolon.transport.CallWatch;

/**
 * A TCP port of a Caml Crush server, which authenticates nobody.
 *
 * @param host the server's name
 * @param port its port
 * @param module what the server calls the module that is wanted
 */
public record CrushEndpoint(String host, int port, String module) implements Endpoint {
    @Override
    public Transport connect(CallWatch watch, Deadline deadline) throws IOException {
        return TcpTransport.open(host, port, watch, deadline);
    }

    @Override
    public String toString() {
        return host + ":" + port + "/" + module;
    }
}
