package org.symbolon.tests.kmip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.kmip.server.KmipServerBuilder;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.testing.KmipHandler;
import org.symbolon.soft.KdfParameters;
import org.symbolon.tests.contract.TokenFixture;
import org.symbolon.tests.remote.TlsKeys;

/** A soft token in memory behind our own KMIP server, and Object Groups of it as tokens. */
class ServedKmip implements TokenFixture {
    private static final Pin PIN = Pin.of("pin behind the server".toCharArray());

    private final TokenModule soft;
    private final Session session;
    private final KmipServer server;
    private final Map<String, String> settings;
    private final List<TokenModule> more = new ArrayList<>();

    /** Made once for all: making keys takes longer than using them. */
    private static final class Keys {
        static final TlsKeys ALL = make();

        private static TlsKeys make() {
            try {
                Path folder = Files.createTempDirectory("symbolon-kmip-keys");
                folder.toFile().deleteOnExit();
                return TlsKeys.make(folder, "server", "alice");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    ServedKmip(Map<String, String> settings) {
        this(settings, builder -> builder);
    }

    ServedKmip(Map<String, String> settings, UnaryOperator<KmipServerBuilder> with) {
        this.settings = settings;
        try {
            soft = TokenModule.open(
                    "soft:memory:" + UUID.randomUUID(),
                    ModuleOptions.ofDefaults()
                            .withSetting("kdf", KdfParameters.floor().toString()));
            Token token = soft.emptySlot().initialize("Served", PIN);
            try (Session officer = token.open(Login.securityOfficer(PIN))) {
                officer.initPin(PIN);
            }
            session = token.open(Login.user(PIN));
            server = with.apply(KmipServer.builder(session)
                            .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), context()))
                    .start();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A place before the server that sees each message, under the server's own certificate. */
    KmipFaults watched() throws IOException, GeneralSecurityException {
        return KmipFaults.start(
                context(),
                context("alice", "server"),
                KmipHandler.inFrontOf(server.address(), context("alice", "server")));
    }

    private static SSLContext context() throws GeneralSecurityException, IOException {
        return context("server", "alice");
    }

    private static SSLContext context(String own, String peer) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(own), TlsKeys.PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(peer, store(peer).getCertificate(peer));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Keys.ALL.keyStore(name))) {
            store.load(in, TlsKeys.PASSWORD.toCharArray());
        }
        return store;
    }

    /** A client of the server, as any administration tool is one. */
    KmipClient client() throws GeneralSecurityException, IOException {
        return KmipClient.builder("localhost")
                .port(server.address().getPort())
                .trust(Keys.ALL.certificate("server"))
                .clientKey(Keys.ALL.keyStore("alice"), Pin.of(TlsKeys.PASSWORD.toCharArray()))
                .open();
    }

    /** A server in front of it, which does wrong what it is told to; it shows the same certificate. */
    KmipFaults faults() throws GeneralSecurityException, IOException {
        return faults(handler -> handler);
    }

    /** The same, with something between it and the server. */
    KmipFaults faults(UnaryOperator<KmipHandler> between) throws GeneralSecurityException, IOException {
        SSLContext asAlice = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store("alice"), TlsKeys.PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store("server").getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        asAlice.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return KmipFaults.start(context(), asAlice, between.apply(KmipHandler.inFrontOf(server.address(), asAlice)));
    }

    /** Opens the module over servers in front of it. */
    TokenModule open(List<KmipFaults> fronts) throws TokenException {
        ModuleOptions all =
                Keys.ALL.with(ModuleOptions.ofDefaults(), "server", "alice").withSetting("groups", "Contract");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            all = all.withSetting(setting.getKey(), setting.getValue());
        }
        List<String> nodes =
                fronts.stream().map(front -> "localhost:" + front.port()).toList();
        return TokenModule.open("kmip://" + String.join(",", nodes), all);
    }

    /** Some certificate. */
    Bytes certificate() throws GeneralSecurityException, IOException {
        return Bytes.wrap(store("alice").getCertificate("alice").getEncoded());
    }

    /** The session behind the server. */
    Session behind() {
        return session;
    }

    @Override
    public TokenModule open(ModuleOptions options) throws TokenException {
        return open(options, "Contract");
    }

    TokenModule open(ModuleOptions options, String group) throws TokenException {
        return open(options, group, server.address().getPort());
    }

    TokenModule open(ModuleOptions options, String group, int port) throws TokenException {
        ModuleOptions all = Keys.ALL.with(options, "server", "alice").withSetting("groups", group);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            all = all.withSetting(setting.getKey(), setting.getValue());
        }
        return TokenModule.open("kmip://localhost:" + port, all);
    }

    /** Opens the module by HTTPS, with messages in JSON. */
    TokenModule openByHttps() throws TokenException {
        ModuleOptions options = Keys.ALL.with(ModuleOptions.ofDefaults(), "server", "alice");
        return TokenModule.open(
                "kmip+https://localhost:" + server.address().getPort() + "/kmip?groups=Contract&encoding=json",
                options);
    }

    @Override
    public Token newToken(TokenModule module, String label) throws TokenException {
        if (label.equals("Contract")) {
            return module.token(label);
        }
        TokenModule other = open(ModuleOptions.ofDefaults(), label);
        more.add(other);
        return other.token(label);
    }

    @Override
    public Login user() {
        return Login.identity();
    }

    @Override
    public Map<String, String> exclusions() {
        return KmipExclusions.OF_EVERY_SERVER;
    }

    @Override
    public int pinTries() {
        return 1;
    }

    @Override
    public void close() {
        more.forEach(TokenModule::close);
        server.close();
        session.close();
        soft.close();
    }
}
