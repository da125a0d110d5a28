package org.symbolon.tests.frameworks;

import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty, given the key store. */
final class JettyFramework implements Framework {
    @Override
    public String title() {
        return "Jetty server";
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return Tls.PROTOCOLS;
    }

    @Override
    public void use(HeldKey key, String protocol) throws Exception {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(key.keyStore());
        ssl.setIncludeProtocols(protocol);
        Server server = new Server();
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Greeter());
        try {
            server.start();
            Tls.requireServed(connector.getLocalPort(), key, protocol);
        } finally {
            server.stop();
        }
    }

    /** Greets. */
    private static final class Greeter extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, Tls.GREETING, callback);
            return true;
        }
    }
}
