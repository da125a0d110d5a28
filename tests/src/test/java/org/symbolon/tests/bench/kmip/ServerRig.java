package org.symbolon.tests.bench.kmip;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.soft.SoftModule;
import org.symbolon.tests.remote.TlsKeys;

/** Our server over a soft token in SQLite, on loopback with TLS, and clients of it. */
public final class ServerRig implements AutoCloseable {
    private final TlsKeys keys;
    private final TokenModule module;
    private final Session session;
    private final KmipServer server;

    private ServerRig(TlsKeys keys, TokenModule module, Session session, KmipServer server) {
        this.keys = keys;
        this.module = module;
        this.session = session;
        this.server = server;
    }

    /** Starts it, with its files in a folder. */
    public static ServerRig start(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        TlsKeys keys = TlsKeys.make(folder, "server", "client");
        TokenModule module =
                SoftModule.builder().sqlite(folder.resolve("bench.db")).open();
        Session session;
        try (Pin officer = Pin.of("officer-pin".toCharArray());
                Pin user = Pin.of("user-pin".toCharArray())) {
            var token = module.slots().get(0).initialize("Bench", officer);
            try (Session administration = token.open(Login.securityOfficer(officer))) {
                administration.initPin(user);
            }
            session = token.open(Login.user(user));
        }
        KmipServer server = KmipServer.builder(session)
                .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), context(keys))
                .start();
        return new ServerRig(keys, module, session, server);
    }

    private static SSLContext context(TlsKeys keys) throws GeneralSecurityException, IOException {
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(store(keys, "server"), TlsKeys.PASSWORD.toCharArray());
        KeyStore clients = KeyStore.getInstance("PKCS12");
        clients.load(null, null);
        clients.setCertificateEntry("client", store(keys, "client").getCertificate("client"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(TlsKeys keys, String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys.keyStore(name))) {
            store.load(in, TlsKeys.PASSWORD.toCharArray());
        }
        return store;
    }

    /** Opens a client with so many connections. */
    KmipClient client(int connections) throws GeneralSecurityException, IOException, TokenException {
        try (Pin password = Pin.of(TlsKeys.PASSWORD.toCharArray())) {
            return KmipClient.builder("localhost")
                    .port(server.address().getPort())
                    .trust(keys.certificate("server"))
                    .clientKey(keys.keyStore("client"), password)
                    .version(KmipVersion.V1_4)
                    .maxConnections(connections)
                    .open();
        }
    }

    /** Opens an Object Group of the server as a token. */
    public TokenModule module(String group) throws TokenException {
        return TokenModule.open(
                "kmip://localhost:" + server.address().getPort(),
                keys.with(ModuleOptions.ofDefaults(), "server", "client").withSetting("groups", group));
    }

    Session session() {
        return session;
    }

    @Override
    public void close() {
        server.close();
        session.close();
        module.close();
    }
}
