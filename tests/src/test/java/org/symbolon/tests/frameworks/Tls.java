package org.symbolon.tests.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The other side of a framework's TLS, by the JDK with keys in software, and one line of HTTP. */
final class Tls {
    static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");
    static final String GREETING = "hello from the token";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Tls() {}

    /** Something that connects to a port. */
    @FunctionalInterface
    interface Connect {
        /** Returns what the server answered. */
        String to(int port) throws Exception;
    }

    static TrustManager[] trusting(Authority authority) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        factory.init(authority.trust());
        return factory.getTrustManagers();
    }

    static KeyManager[] managers(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX", "SunJSSE");
        factory.init(keys, null);
        return factory.getKeyManagers();
    }

    /** Returns the JDK's context with these keys. */
    static SSLContext context(KeyManager[] keys, Authority authority) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(keys, trusting(authority), null);
        return context;
    }

    /** Connects as the JDK's client does that trusts the authority, and checks that it was greeted. */
    static void requireServed(int port, HeldKey key, String protocol) throws Exception {
        SSLContext client = context(new KeyManager[0], key.authority());
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            assertThat(exchange(socket)).contains(GREETING);
            assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(key.certificate());
        }
    }

    static String exchange(SSLSocket socket) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write(REQUEST);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** Serves one connection by a context and lets somebody connect meanwhile. */
    static String serveOnce(SSLContext server, String protocol, boolean mutual, Connect connect) throws Exception {
        ExecutorService background = Executors.newSingleThreadExecutor();
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(TIMEOUT_MILLIS);
            listening.setEnabledProtocols(new String[] {protocol});
            listening.setNeedClientAuth(mutual);
            Future<?> served = background.submit(() -> {
                serve(listening, mutual);
                return null;
            });
            return connected(connect, listening.getLocalPort(), served);
        } finally {
            background.shutdownNow();
        }
    }

    private static String connected(Connect connect, int port, Future<?> served) throws Exception {
        try {
            return connect.to(port);
        } catch (IOException e) {
            try {
                served.get();
            } catch (ExecutionException reason) {
                e.addSuppressed(reason.getCause());
            }
            throw e;
        }
    }

    private static void serve(SSLServerSocket listening, boolean mutual) throws IOException {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            readRequest(socket.getInputStream());
            String body = mutual ? socket.getSession().getPeerPrincipal().getName() : GREETING;
            socket.getOutputStream().write(response(body));
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        int lineEnds = 0;
        while (lineEnds < 2) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended within the request");
            }
            if (next == '\n') {
                lineEnds++;
            } else if (next != '\r') {
                lineEnds = 0;
            }
        }
    }

    static byte[] response(String body) {
        return ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Lets a client with the key connect to the JDK's server, which asks for its certificate and answers with its name. */
    static void requireKnown(HeldKey key, String protocol, Connect client) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        KeyStore software = KeyStore.getInstance("PKCS12");
        software.load(null, null);
        software.setKeyEntry("server", keys.getPrivate(), new char[0], new Certificate[] {
            key.authority().issue("CN=server", keys.getPublic())
        });
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX", "SunJSSE");
        factory.init(software, new char[0]);
        SSLContext server = context(factory.getKeyManagers(), key.authority());
        assertThat(serveOnce(server, protocol, true, client))
                .contains("CN=" + key.kind().title());
    }
}
