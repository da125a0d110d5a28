package org.symbolon.kmip;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.UsernameAndPassword;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.OwnKey;
import org.symbolon.transport.TlsMaterial;
import org.symbolon.transport.WatchedTls;

/** Makes a {@link KmipClient}. For one thread. */
public final class KmipClientBuilder {
    private static final int DEFAULT_PORT = 5696;
    private static final int MAX_PORT = 65535;
    private static final int MOST_CONNECTIONS = 1024;
    private static final Duration ATTEMPT = Duration.ofMillis(700);
    private static final Duration CONNECTING =
            Duration.ofMillis(1200); // with what an attempt takes, less than two seconds

    private final String host;
    private final List<Credential> credentials = new ArrayList<>();
    private final List<ServerAddress> others = new ArrayList<>();
    private int port = DEFAULT_PORT;
    private Optional<Path> trust = Optional.empty();
    private Optional<OwnKey> clientKey = Optional.empty();
    private Optional<Pin> keyPassword = Optional.empty();
    private @Nullable SSLContext tls;
    private @Nullable Duration attemptTimeout;
    private @Nullable Duration connectTimeout;
    private boolean joinCalls = true;
    private Optional<PasswordProof> proof = Optional.empty();
    private boolean correlation = true;
    private Optional<String> httpsPath = Optional.empty();
    private KmipEncoding encoding = KmipEncoding.TTLV;
    private Optional<KmipVersion> version = Optional.empty();
    private TtlvLimits limits = TtlvLimits.DEFAULT;
    private Duration idleLimit = Duration.ofSeconds(20);
    private int maxConnections = 8;
    private Duration timeout = Duration.ofSeconds(10);

    KmipClientBuilder(String host) {
        this.host = new ServerAddress(host, port).host();
    }

    /**
     * Sets the port.
     *
     * @param number 1 to 65535; 5696 where it is not set
     * @return this builder
     */
    public KmipClientBuilder port(int number) {
        check("port", number, MAX_PORT);
        port = number;
        return this;
    }

    /**
     * Adds a node of the same servers' cluster: calls go to the first of the list that is not down.
     *
     * @param otherHost its name or address, which its certificate has to have; an IPv6 address with or without brackets
     * @param otherPort its port, 1 to 65535
     * @return this builder
     */
    public KmipClientBuilder node(String otherHost, int otherPort) {
        others.add(new ServerAddress(otherHost, otherPort));
        return this;
    }

    /**
     * Has messages travel by HTTPS in place of TLS sockets, to all nodes (Additional Message Encodings 1.0 section 5).
     *
     * @param path where the servers take them, such as {@code /kmip}
     * @param written how messages are written
     * @return this builder
     */
    public KmipClientBuilder https(String path, KmipEncoding written) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path is " + path + "; it begins with a slash, as /kmip does");
        }
        httpsPath = Optional.of(path);
        encoding = written;
        return this;
    }

    /**
     * Sets how long a node may answer nothing while another could be asked. After half of it the node is asked, beside the calls, whether
     * it is there, and what leaves nothing behind is asked of another node too; if the question is not answered in this time either, the
     * node is down. A node that is slow but answers is waited for.
     *
     * @param duration more than zero; 700 milliseconds where it is not set. Without meaning where there is one node
     * @return this builder
     */
    public KmipClientBuilder attemptTimeout(Duration duration) {
        attemptTimeout = positive("attemptTimeout", duration);
        return this;
    }

    /**
     * Sets how long connecting to a node may take, with the handshake.
     *
     * @param duration more than zero; where it is not set, 1.2 seconds if there are several nodes, else {@link #timeout}
     * @return this builder
     */
    public KmipClientBuilder connectTimeout(Duration duration) {
        connectTimeout = positive("connectTimeout", duration);
        return this;
    }

    /**
     * Sets whether messages have a Client Correlation Value, which servers note in their log, in versions 1.4 and later.
     *
     * @param sent false for none; a server that refuses messages for it is noticed, and gets none anyway
     * @return this builder
     */
    public KmipClientBuilder correlation(boolean sent) {
        correlation = sent;
        return this;
    }

    /**
     * Sets whether Get, Get Attributes and Sign of threads that call at the same time may travel as one message.
     *
     * @param joined false for a message each; a server that refuses such messages is noticed, and gets none anyway
     * @return this builder
     */
    public KmipClientBuilder joinCalls(boolean joined) {
        joinCalls = joined;
        return this;
    }

    /**
     * Sets whom the client trusts. The file is looked at while connections are made: once it is replaced, new connections go by the
     * new one.
     *
     * @param file certificates of authorities in PEM; the JVM's own where it is not set
     * @return this builder
     */
    public KmipClientBuilder trust(Path file) {
        trust = Optional.of(file);
        return this;
    }

    /**
     * Sets who the client is. The file is looked at while connections are made: once it is replaced, new connections show the new
     * certificate, and calls in flight go on.
     *
     * @param file its key and certificate: PKCS #12; or PEM, with a key of PKCS #8, encrypted or not
     * @param password what opens the file; copied, the copy is wiped when the client is closed
     * @return this builder
     */
    public KmipClientBuilder clientKey(Path file, Pin password) {
        Pin copy = password.copy();
        return key(new OwnKey(file, Optional.empty(), Optional.of(copy::copy)), copy);
    }

    /**
     * Sets who the client is, with a certificate in a file of its own.
     *
     * @param file its key in PEM, of PKCS #8, encrypted or not
     * @param certificates the file with its certificate in PEM, and those of authorities below the one that the server trusts
     * @param password what opens the file; copied, the copy is wiped when the client is closed
     * @return this builder
     */
    public KmipClientBuilder clientKey(Path file, Path certificates, Pin password) {
        Pin copy = password.copy();
        return key(new OwnKey(file, Optional.of(certificates), Optional.of(copy::copy)), copy);
    }

    private KmipClientBuilder key(OwnKey key, Pin password) {
        keyPassword.ifPresent(Pin::close);
        clientKey = Optional.of(key);
        keyPassword = Optional.of(password);
        return this;
    }

    /**
     * Sets TLS as a whole, instead of {@link #trust} and {@link #clientKey}: for keys that live in a token. The server's name is
     * checked nevertheless.
     *
     * @param context whom the client trusts, and who it is
     * @return this builder
     */
    public KmipClientBuilder tls(SSLContext context) {
        tls = context;
        return this;
    }

    /**
     * Shows a user's name and password with each request, beside the client's certificate.
     *
     * @param username who
     * @param password the password; copied, the copy is wiped when the client is closed
     * @return this builder
     */
    public KmipClientBuilder username(String username, Pin password) {
        return credential(UsernameAndPassword.of(username, password));
    }

    /**
     * Proves with each request that the client knows a user's password, which does not travel (Hashed Password), and has the server
     * prove the same. For KMIP 2.0 and later.
     *
     * @param username who
     * @param password the password; not kept, only its hash values are, and wiped when the client is closed
     * @return this builder
     */
    public KmipClientBuilder hashedPassword(String username, Pin password) {
        proof.ifPresent(PasswordProof::close);
        proof = Optional.of(new PasswordProof(username, password));
        return this;
    }

    /**
     * Shows a credential with each request, beside the client's certificate. KMIP 1.2 and later take more than one.
     *
     * @param credential such as a {@link Device}; secrets in it belong to the client, which wipes them when it is closed
     * @return this builder
     */
    public KmipClientBuilder credential(Credential credential) {
        credentials.add(credential);
        return this;
    }

    /**
     * Sets the version instead of agreeing on one: for servers that cannot.
     *
     * @param pinned 1.0 to 2.1
     * @return this builder
     */
    public KmipClientBuilder version(KmipVersion pinned) {
        if (!KmipVersion.SUPPORTED.contains(pinned)) {
            throw new IllegalArgumentException("version is " + pinned + "; it is one of " + KmipVersion.SUPPORTED);
        }
        version = Optional.of(pinned);
        return this;
    }

    /**
     * Sets how long a call blocks at most, connecting included.
     *
     * @param duration more than zero; 10 seconds where it is not set
     * @return this builder
     */
    public KmipClientBuilder timeout(Duration duration) {
        timeout = positive("timeout", duration);
        return this;
    }

    /**
     * Sets how long a connection may idle before it is replaced.
     *
     * @param duration more than zero, and less than the server's own limit; 20 seconds where it is not set
     * @return this builder
     */
    public KmipClientBuilder idleLimit(Duration duration) {
        idleLimit = positive("idleLimit", duration);
        return this;
    }

    /**
     * Sets how many connections are open at most.
     *
     * @param count 1 to 1024; 8 where it is not set
     * @return this builder
     */
    public KmipClientBuilder maxConnections(int count) {
        check("maxConnections", count, MOST_CONNECTIONS);
        maxConnections = count;
        return this;
    }

    /**
     * Sets how long a response may be.
     *
     * @param bytes 8 to 16 MiB; 1 MiB where it is not set
     * @return this builder
     */
    public KmipClientBuilder maxResponseBytes(int bytes) {
        limits = limits.withMaxBytes(bytes);
        return this;
    }

    /**
     * Makes the client. Nothing is sent before its first call.
     *
     * @return the client
     * @throws GeneralSecurityException if the JVM cannot do TLS with what the files hold
     * @throws IOException if a file cannot be read, or does not hold what it should
     */
    public KmipClient open() throws GeneralSecurityException, IOException {
        Supplier<SSLContext> context = context();
        CallWatch watch = new CallWatch(); // a thread, which only a client ends
        List<ServerAddress> addresses = new ArrayList<>(List.of(new ServerAddress(host, port)));
        addresses.addAll(others);
        boolean several = addresses.size() > 1;
        Duration attempt = attemptTimeout != null ? attemptTimeout : ATTEMPT;
        Duration connecting = connectTimeout != null ? connectTimeout : several ? CONNECTING : timeout;
        List<Node> nodes = new ArrayList<>();
        for (ServerAddress address : addresses) {
            IdleLimit idle = new IdleLimit(address, idleLimit);
            KmipConnection.Opening opening = opening(address, context, watch, connecting);
            nodes.add(new Node(address, new Connections(address, opening, idle, maxConnections), idle, version));
        }
        ShownCredentials shown = new ShownCredentials(credentials, proof);
        Exchange exchange = new Exchange(shown, limits.maxBytes(), correlation);
        Failover failover = new Failover(exchange, nodes, attempt, connecting);
        ClientParts parts = new ClientParts(
                failover,
                joinCalls ? Optional.of(new GroupCommit(failover)) : Optional.empty(),
                watch,
                shown,
                keyPassword.stream().toList());
        return new KmipClient(parts, timeout);
    }

    private KmipConnection.Opening opening(
            ServerAddress address, Supplier<SSLContext> context, CallWatch watch, Duration connecting) {
        TtlvLimits bounds = limits;
        if (httpsPath.isEmpty()) {
            return deadline ->
                    SocketConnection.open(address, context.get().getSocketFactory(), watch, bounds, deadline);
        }
        HttpsServer server =
                new HttpsServer(address, httpsPath.get(), encoding, context, connecting, idleLimit, maxConnections);
        return deadline -> new HttpsConnection(server, watch, bounds);
    }

    /** What the next handshake uses. */
    private Supplier<SSLContext> context() throws TokenException {
        SSLContext given = tls;
        if (given != null) {
            return () -> given;
        }
        List<Path> files = new ArrayList<>();
        clientKey.ifPresent(key -> files.addAll(key.files()));
        trust.ifPresent(files::add);
        Optional<Path> authorities = trust;
        Optional<OwnKey> own = clientKey;
        if (files.isEmpty()) {
            SSLContext ofJvm = TlsMaterial.ofClient(authorities, own).context();
            return () -> ofJvm;
        }
        WatchedTls watched = WatchedTls.of(files, () -> TlsMaterial.ofClient(authorities, own));
        return () -> {
            watched.refresh(System.nanoTime());
            return watched.context();
        };
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it is 1 to " + most);
        }
    }

    private static Duration positive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " is " + duration + "; it is more than zero");
        }
        return duration;
    }
}
