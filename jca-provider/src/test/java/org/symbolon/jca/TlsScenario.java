package org.symbolon.jca;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.key.TokenPrivateKey;

/**
 * TLS with keys in a token, on whichever JVM runs it: also a program, so that a test can run it on another JVM.
 *
 * <p>Prints a line for each handshake and each key.
 */
final class TlsScenario {
    static final List<String> KINDS = List.of("RSA", "RSASSA-PSS", "P-256", "P-384", "Ed25519");
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final byte[] GREETING = {0x48, 0x69};

    private TlsScenario() {}

    /** Runs everything and prints what was done. */
    public static void main(String[] arguments) throws Exception {
        for (String kind : KINDS) {
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                for (String keyManager : List.of("SunX509", "PKIX")) {
                    System.out.println(handshake(kind, protocol, keyManager, false));
                }
                System.out.println(handshake(kind, protocol, "PKIX", true));
            }
        }
        for (String parameters : parametersOfAsymmetricKeys()) {
            System.out.println(parameters);
        }
    }

    /** Serves and connects once; returns what both sides agreed on. */
    static String handshake(String kind, String protocol, String keyManager, boolean mutual) throws Exception {
        FakeToken token = new FakeToken("TLS " + kind);
        try (Session session = token.openAsUser()) {
            SymbolonProvider provider = SymbolonProvider.of(session);
            Security.addProvider(provider);
            try {
                X509Certificate authority = TestCertificates.selfSigned("authority", TestKeys.pair("RSA"));
                KeyPair keys = TestKeys.pair(kind);
                X509Certificate certificate =
                        TestCertificates.issue(kind, keys.getPublic(), "authority", TestKeys.pair("RSA"));
                token.put(keys, TestKeys.named("site", "0a"));
                token.store(TestKeys.named("site", "0a")
                        .with(Attribute.CLASS, ObjectClass.CERTIFICATE)
                        .with(Attribute.VALUE, Bytes.wrap(certificate.getEncoded())));
                KeyStore store = KeyStore.getInstance("Symbolon", provider);
                store.load(null, null);
                SSLContext server = context(managers(store, keyManager), authority);
                SSLContext client = context(mutual ? managers(store, keyManager) : new KeyManager[0], authority);
                return kind + " " + protocol + " " + keyManager + (mutual ? " mutual " : " ")
                        + talk(server, client, protocol, mutual);
            } finally {
                Security.removeProvider(provider.getName());
            }
        }
    }

    static KeyManager[] managers(KeyStore store, String algorithm) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
        factory.init(store, null);
        return factory.getKeyManagers();
    }

    static SSLContext context(KeyManager[] keys, X509Certificate trusted) throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("authority", trusted);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, factory.getTrustManagers(), null);
        return context;
    }

    static String talk(SSLContext server, SSLContext client, String protocol, boolean mutual) throws Exception {
        ExecutorService background = Executors.newSingleThreadExecutor();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listening =
                (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            listening.setSoTimeout(TIMEOUT_MILLIS);
            listening.setEnabledProtocols(new String[] {protocol});
            listening.setNeedClientAuth(mutual);
            Future<String> served = background.submit(serve(listening, mutual));
            return greeted(client, loopback, listening.getLocalPort(), served) + served.get();
        } finally {
            background.shutdownNow();
        }
    }

    private static String greeted(SSLContext client, InetAddress loopback, int port, Future<String> served)
            throws Exception {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(loopback, port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            byte[] greeting = socket.getInputStream().readNBytes(GREETING.length);
            SSLSession session = socket.getSession();
            return session.getProtocol() + " " + session.getPeerPrincipal() + " " + greeting.length;
        } catch (IOException e) {
            throw withServersReason(e, served);
        }
    }

    private static Callable<String> serve(SSLServerSocket listening, boolean mutual) {
        return () -> {
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.getOutputStream().write(GREETING);
                return mutual ? " " + socket.getSession().getPeerPrincipal() : "";
            }
        };
    }

    private static IOException withServersReason(IOException clients, Future<String> served)
            throws InterruptedException {
        try {
            served.get();
        } catch (ExecutionException e) {
            clients.addSuppressed(e.getCause());
        }
        return clients;
    }

    /** Asks keys for their parameters as JDK 22 and later do, through an interface that 17 has not got. */
    static List<String> parametersOfAsymmetricKeys() throws Exception {
        List<String> lines = new ArrayList<>();
        if (Runtime.version().feature() < 22) {
            return lines;
        }
        FakeToken token = new FakeToken("Parameters");
        try (Session session = token.openAsUser()) {
            SymbolonProvider provider = SymbolonProvider.of(session);
            for (String algorithm : List.of("RSA", "EC", "Ed25519", "X25519")) {
                TokenPrivateKey key = (TokenPrivateKey) KeyPairGenerator.getInstance(algorithm, provider)
                        .generateKeyPair()
                        .getPrivate();
                Object parameters = Class.forName("java.security.AsymmetricKey")
                        .getMethod("getParams")
                        .invoke(key);
                lines.add("parameters of " + algorithm + ": "
                        + (parameters == null ? "none" : parameters.getClass().getSimpleName()));
            }
        }
        return lines;
    }
}
