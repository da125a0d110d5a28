package org.symbolon.ssh.mina.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenObject;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.mina.EchoCommand;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.x509.CertificateRules;
import org.symbolon.ssh.x509.RevocationPolicy;
import org.symbolon.ssh.x509.RevocationPolicy.Mode;
import org.symbolon.ssh.x509.TestCa;
import org.symbolon.ssh.x509.TestCa.Leaf;
import org.symbolon.ssh.x509.TokenTrustAnchors;
import org.symbolon.ssh.x509.TokenX509Keys;
import org.symbolon.ssh.x509.X509KeyBlob;
import org.symbolon.ssh.x509.X509Validator;

/** A MINA server and a MINA client that know each other by X.509 certificates; keys, certificates and anchors in tokens. */
class X509LoginTest {
    private static final List<String> TYPES = List.of("rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestToken serverToken = new TestToken();
    private final TestToken clientToken = new TestToken();
    private final SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
    private final SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
    private final TestCa ca = root();
    private Session serverSession;
    private Session clientSession;
    private RevocationPolicy revocation =
            RevocationPolicy.builder().mode(Mode.OFF).build();

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        serverSession = serverToken.open();
        clientSession = clientToken.open();
        keep(serverToken, ca.certificate());
        keep(clientToken, ca.certificate());
    }

    @AfterEach
    void stop() throws IOException {
        client.stop();
        server.stop(true);
    }

    static Stream<Arguments> pairs() {
        return TYPES.stream().map(type -> Arguments.of(type, TYPES.get((TYPES.indexOf(type) + 2) % TYPES.size())));
    }

    static List<String> exchanges() throws Exception {
        SshServer offering = SshServer.setUpDefaultServer();
        X509Ssh.presentHosts(offering, noKeys());
        return NamedResource.getNameList(offering.getKeyExchangeFactories());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void login_everyTypeOfKey_hostAndUserAreKnownByTheirCertificates(String hostType, String userType)
            throws Exception {
        start(hostType);
        give("alice", userType);

        try (ClientSession session = logIn("alice")) {
            assertThat(session.executeRemoteCommand("hello")).startsWith("alice");
            assertThat(session.getServerKey()).isInstanceOf(X509PublicKey.class);
        }
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void login_byEveryKeyExchange(String name) throws Exception {
        start("ecdsa-256");
        give("alice", "ecdsa-256");
        client.setKeyExchangeFactories(client.getKeyExchangeFactories().stream()
                .filter(each -> each.getName().equals(name))
                .toList());

        try (ClientSession session = logIn("alice")) {
            assertThat(session.isAuthenticated()).isTrue();
            session.reExchangeKeys().verify(PATIENCE);
            assertThat(session.executeRemoteCommand("hello")).startsWith("alice");
        }
    }

    @Test
    void groupExchange_isNotOfferedBesideCertificates() throws Exception {
        assertThat(exchanges()).isNotEmpty().noneMatch(name -> name.contains("group-exchange"));
    }

    @Test
    void login_asAnotherUser_isRefused() throws Exception {
        start("ecdsa-256");
        give("alice", "ecdsa-256");

        for (String user :
                List.of("bob", "Alice", "alice,O=Example", "alice\0", "alice\n", "../alice", "x".repeat(5000))) {
            assertRefused(user);
        }
    }

    @Test
    void login_afterTheAuthorityWasRemovedFromTheToken_isRefused() throws Exception {
        start("ecdsa-256");
        give("alice", "ecdsa-256");
        logIn("alice").close();

        for (TokenObject anchor : serverSession.findAll(ObjectQuery.certificates())) {
            serverSession.destroy(anchor);
        }

        assertRefused("alice");
    }

    @Test
    void login_afterItsCertificateWasPutOnTheListInTheToken_isRefusedAndANewOneIsTaken() throws Exception {
        revocation = RevocationPolicy.builder().fetching(false, false).build();
        TokenObject list = keepList(ca.crl().getEncoded());
        start("ecdsa-256");
        client.setServerKeyVerifier((session, address, key) -> true);
        X509Certificate lost = give("alice", "ecdsa-256");
        logIn("alice").close();

        serverSession.destroy(list);
        keepList(ca.crl(lost).getEncoded());
        assertRefused("alice");

        give("alice", "ecdsa-384");
        logIn("alice").close();
    }

    @Test
    void login_withAnothersCertificateButNotTheKey_isRefused() throws Exception {
        start("ecdsa-256");
        KeyPair own = TestCa.keyPair();
        KeyPair others = TestCa.keyPair();
        X509KeyBlob stolen = X509KeyBlob.of(List.of(ca.issue(new Leaf("alice", others.getPublic()))), List.of());
        client.setKeyIdentityProvider(
                KeyIdentityProvider.wrapKeyPairs(new KeyPair(new X509PublicKey(stolen), own.getPrivate())));
        X509Ssh.presentUsers(client, noKeys());

        assertRefused("alice");
    }

    @Test
    void login_certificateThatDoesNotStayInAToken_isTakenAsWell() throws Exception {
        start("ecdsa-256");
        KeyPair own = TestCa.keyPair();
        X509KeyBlob blob = X509KeyBlob.of(List.of(ca.issue(new Leaf("alice", own.getPublic()))), List.of());
        client.setKeyIdentityProvider(
                KeyIdentityProvider.wrapKeyPairs(new KeyPair(new X509PublicKey(blob), own.getPrivate())));
        X509Ssh.presentUsers(client, noKeys());

        logIn("alice").close();
    }

    @Test
    void host_ofAnotherNameOrAuthority_isRefused() throws Exception {
        TestCa other = TestCa.root("Other");
        start("ecdsa-256", new Leaf("host", publicKey("ecdsa-256")).hosts("git.example.com"), ca);
        give("alice", "ecdsa-256");
        assertRefused("alice");
        server.stop(true);

        SshServer second = TokenSsh.configure(SshServer.setUpDefaultServer());
        TestToken token = new TestToken();
        token.put("host", KeyFiles.secret("openssh-ecdsa-384").keyPair());
        keep(token, other.issue(new Leaf("host", publicKey("ecdsa-384")).address(new byte[] {127, 0, 0, 1})));
        X509Ssh.presentHosts(second, x509(token, "host"));
        second.setPublickeyAuthenticator((user, key, session) -> true);
        second.start();
        try {
            assertThatThrownBy(() -> connect("alice", second.getPort()).close()).isInstanceOf(IOException.class);
        } finally {
            second.stop(true);
        }
    }

    @Test
    void host_withAStapledResponse_isTakenWithoutAskingAnyone() throws Exception {
        revocation = RevocationPolicy.builder().fetching(false, false).build();
        Path file = folder.resolve("ocsp");
        Leaf leaf = new Leaf("host", publicKey("ecdsa-256")).address(new byte[] {127, 0, 0, 1});
        X509Certificate host = ca.issue(leaf);
        Files.write(file, ca.ocsp(host, false, Instant.now(), Optional.empty(), new byte[0]));
        keepList(ca.crl().getEncoded());
        serverToken.put("host", KeyFiles.secret("openssh-ecdsa-256").keyPair());
        keep(serverToken, host);
        X509Ssh.presentHosts(
                server,
                TokenX509Keys.stapling(
                        TokenSshKeys.labelled(serverSession, new TokenSigner(), List.of("host")), serverSession, file));
        run();
        give("alice", "ed25519");
        logIn("alice").close();

        Files.write(file, ca.ocsp(host, true, Instant.now(), Optional.empty(), new byte[0]));
        assertRefused("alice");
    }

    @Test
    void plainHostKeysAndUsers_workBesideCertificates() throws Exception {
        serverToken.put("plain", KeyFiles.secret("openssh-ed25519").keyPair());
        server.setKeyPairProvider(TokenHostKeyProvider.of(serverSession, "plain"));
        start("ecdsa-256");
        TokenAuthorizedKeys.in(serverSession)
                .add(
                        "bob",
                        SshPublicKey.of(KeyFiles.secret("openssh-rsa").keyPair().getPublic()));
        SshClient plain = TokenSsh.configure(SshClient.setUpDefaultClient());
        plain.setServerKeyVerifier((session, address, key) -> !(key instanceof X509PublicKey));
        plain.start();
        try (ClientSession session = plain.connect("bob", "127.0.0.1", server.getPort())
                .verify(PATIENCE)
                .getSession()) {
            session.addPublicKeyIdentity(KeyFiles.secret("openssh-rsa").keyPair());
            session.auth().verify(PATIENCE);
            assertThat(session.executeRemoteCommand("hello")).startsWith("bob");
        } finally {
            plain.stop();
        }
    }

    private void start(String hostType) throws Exception {
        start(hostType, new Leaf("host", publicKey(hostType)).address(new byte[] {127, 0, 0, 1}), ca);
    }

    private void start(String hostType, Leaf leaf, TestCa issuer) throws Exception {
        serverToken.put("host", KeyFiles.secret("openssh-" + hostType).keyPair());
        keep(serverToken, issuer.issue(leaf));
        X509Ssh.presentHosts(server, x509(serverToken, "host"));
        run();
    }

    private void run() throws Exception {
        X509Validator users = validator(serverSession);
        X509Ssh.acceptUsers(server, users);
        server.setPublickeyAuthenticator(TokenPublickeyAuthenticator.builder(TokenAuthorizedKeys.in(serverSession))
                .check(new X509UserKeys(
                        users,
                        CertificateRules.builder()
                                .subject("CN={user},O=Example")
                                .build()))
                .build());
        server.setHost("127.0.0.1");
        server.setCommandFactory((channel, command) -> new EchoCommand(command));
        server.start();
        X509Ssh.verifyHosts(client, validator(clientSession), RejectAllServerKeyVerifier.INSTANCE);
    }

    private X509Validator validator(Session session) throws Exception {
        return X509Validator.builder(TokenTrustAnchors.all(session))
                .revocation(revocation)
                .build();
    }

    /** Gives the client a certificate of a user, and returns it. */
    private X509Certificate give(String user, String type) throws Exception {
        clientToken.put(user + type, KeyFiles.secret("openssh-" + type).keyPair());
        X509Certificate certificate = ca.issue(new Leaf(user, publicKey(type)));
        keep(clientToken, certificate);
        client.setKeyIdentityProvider(null);
        X509Ssh.presentUsers(client, x509(clientToken, user + type));
        return certificate;
    }

    private ClientSession logIn(String user) throws Exception {
        return connect(user, server.getPort());
    }

    private ClientSession connect(String user, int port) throws Exception {
        client.start();
        ClientSession session =
                client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession();
        try {
            session.auth().verify(PATIENCE);
            return session;
        } catch (IOException e) {
            session.close(true);
            throw e;
        }
    }

    private void assertRefused(String user) {
        assertThatThrownBy(() -> logIn(user).close()).as(user).isInstanceOf(IOException.class);
    }

    private static TokenX509Keys noKeys() throws Exception {
        TestToken empty = new TestToken();
        return TokenX509Keys.of(
                TokenSshKeys.matching(empty.open(), new TokenSigner(), ObjectQuery.privateKeys()), empty.open());
    }

    private static TokenX509Keys x509(TestToken token, String label) throws Exception {
        return TokenX509Keys.of(TokenSshKeys.labelled(token.open(), new TokenSigner(), List.of(label)), token.open());
    }

    private static void keep(TestToken token, X509Certificate certificate) throws Exception {
        token.open()
                .create(Template.of(Attribute.CLASS, ObjectClass.CERTIFICATE)
                        .with(Attribute.CERTIFICATE_TYPE, 0L)
                        .with(Attribute.VALUE, Bytes.of(certificate.getEncoded())));
    }

    private TokenObject keepList(byte[] list) throws Exception {
        return serverSession.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.APPLICATION, "CRL")
                .with(Attribute.VALUE, Bytes.of(list)));
    }

    private static PublicKey publicKey(String type) throws Exception {
        return KeyFiles.secret("openssh-" + type).keyPair().getPublic();
    }

    private static TestCa root() {
        try {
            return TestCa.root("Root");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
