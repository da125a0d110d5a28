package org.symbolon.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.ApplicationSpecificInformation;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.server.KmipServer;

/**
 * A KMIP server on a free port of this machine alone, over a new soft token. Its TLS keys live as long as the demonstration.
 */
final class DemoKmipServer implements AutoCloseable {
    /** The Object Group that all the demonstration's objects are in. */
    static final String GROUP = "demo";

    /** The application namespace in which a KMIP token keeps CKA_LABEL. */
    private static final String LABELS = "pkcs11";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String LINE_END = "\n";
    private static final int PEM_LINE = 64;

    private final DemoToken token;
    private final KmipServer server;
    private final Path trust;
    private final Path keyStore;
    private final Path password;
    private final Pin secret;

    private DemoKmipServer(DemoToken token, KmipServer server, DemoDirectory directory, Pin secret) {
        this.token = token;
        this.server = server;
        this.trust = directory.file("kmip-server.pem");
        this.keyStore = directory.file("kmip-client.p12");
        this.password = directory.file("kmip-client.password");
        this.secret = secret;
    }

    static DemoKmipServer start(DemoDirectory directory) throws GeneralSecurityException, IOException {
        SelfSigned server = SelfSigned.make("demo-kmip-server", DemoServer.HOST);
        SelfSigned client = SelfSigned.make("demo-kmip-client", DemoServer.HOST);
        Pin secret = DemoToken.randomPin();
        DemoToken token = DemoToken.make(TokenConfiguration.of("soft:sqlite:" + directory.file("demo.db")));
        DemoKmipServer started = null;
        try {
            KmipServer listening = KmipServer.builder(token.session())
                    .tls(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), context(server, client, secret))
                    .start();
            started = new DemoKmipServer(token, listening, directory, secret);
            started.writeKeys(server, client);
            return started;
        } finally {
            if (started == null) {
                token.close();
            }
        }
    }

    private static SSLContext context(SelfSigned own, SelfSigned peer, Pin secret)
            throws GeneralSecurityException, IOException {
        char[] chars = secret.toChars();
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own.keyStore(chars), chars);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(peer.trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    private void writeKeys(SelfSigned server, SelfSigned client) throws GeneralSecurityException, IOException {
        byte[] pem = ("-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(PEM_LINE, LINE_END.getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(server.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
        write(trust, pem);
        char[] chars = secret.toChars();
        byte[] utf8 = secret.toUtf8();
        try {
            KeyStore store = client.keyStore(chars);
            ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
            store.store(encrypted, chars);
            write(keyStore, encrypted.toByteArray());
            write(password, utf8);
        } finally {
            Arrays.fill(chars, '\0');
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static void write(Path file, byte[] content) throws IOException, TokenException {
        NewFile.write(file, out -> {
            out.write(content);
            return file;
        });
    }

    /** Returns where the server is. */
    String uri() {
        return "kmip://" + DemoServer.HOST + ":" + server.address().getPort();
    }

    /** Returns options with the token of the server's Object Group in the place of theirs. */
    TokenOptions options(TokenOptions given) {
        return given.at(uri(), settings());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("trust", trust.toString());
        settings.put("key-store", keyStore.toString());
        settings.put("key-store-password", "file:" + password);
        settings.put("groups", GROUP);
        return settings;
    }

    /** Returns the options as they are typed. */
    String commandLine() {
        return "--token " + uri()
                + settings().entrySet().stream()
                        .map(setting -> " --setting " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining());
    }

    /** Destroys the public keys of a label as any KMIP tool would that knows nothing of SSH; returns how many there were. */
    int destroyPublicKeys(String label) throws GeneralSecurityException, IOException {
        try (KmipClient client = KmipClient.builder(DemoServer.HOST)
                .port(server.address().getPort())
                .trust(trust)
                .clientKey(keyStore, secret)
                .open()) {
            List<UniqueIdentifier> keys = client.locate(Attributes.NONE
                    .with(AttributeType.OBJECT_TYPE, ObjectType.PUBLIC_KEY)
                    .with(AttributeType.OBJECT_GROUP, GROUP)
                    .with(
                            AttributeType.APPLICATION_SPECIFIC_INFORMATION,
                            new ApplicationSpecificInformation(LABELS, label)));
            for (UniqueIdentifier key : keys) {
                if (client.getAttributes(key).get(AttributeType.STATE).equals(Optional.of(State.ACTIVE))) {
                    client.revoke(key, RevocationReasonCode.CESSATION_OF_OPERATION);
                }
                client.destroy(key);
            }
            return keys.size();
        }
    }

    @Override
    public void close() {
        server.close();
        token.close();
        secret.close();
    }
}
