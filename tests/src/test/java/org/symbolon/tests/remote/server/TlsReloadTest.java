package org.symbolon.tests.remote.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.SecretReference;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.serve.ClientIdentity;
import org.symbolon.serve.TlsFiles;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.remote.TlsKeys;

/** A server whose certificates are replaced under it. */
@Timeout(300)
class TlsReloadTest {
    @TempDir
    private Path folder;

    private final List<ClientIdentity> identities = new CopyOnWriteArrayList<>();
    private TlsKeys keys;
    private Path keyStore;
    private Path trust;
    private TokenModule module;
    private @Nullable RemoteTokenServer server;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = TlsKeys.make(folder, "server", "client", "other");
        keyStore = Files.copy(keys.keyStore("server"), folder.resolve("now.p12"));
        trust = Files.copy(keys.certificate("client"), folder.resolve("now.pem"));
        module = SoftTokens.inMemory();
        SoftTokens.make(module, "Tls");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        module.close();
    }

    private RemoteTokenServer server() {
        return Objects.requireNonNull(server);
    }

    private void start(Optional<Path> revoked) throws Exception {
        server = RemoteTokenServer.builder()
                .module(module)
                .tls(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new TlsFiles(keyStore, new SecretReference.SecretFile(keys.password()), trust, revoked))
                .sessions((client, session) -> {
                    identities.add(client);
                    return session;
                })
                .start();
    }

    private TokenModule open(String trusted, String own) throws TokenException {
        return open(keys.with(ModuleOptions.ofDefaults(), trusted, own));
    }

    private TokenModule open(ModuleOptions options) throws TokenException {
        String address = server().addresses().get(0);
        return TokenModule.open(
                "p11:tls://localhost:" + address.substring(address.lastIndexOf(':') + 1),
                options.withSetting("reconnect", "100ms"));
    }

    private static void replace(Path file, Path by) throws Exception {
        Path fresh = file.resolveSibling("fresh");
        Files.copy(by, fresh);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitMetric(String end) {
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> server().metrics()
                        .lines()
                        .anyMatch(line -> line.startsWith("symbolon_tls_") && line.endsWith(end)));
    }

    @Test
    void certificate_thatIsReplaced_meetsNewConnectionsAndOldOnesGoOn() throws Exception {
        start(Optional.empty());
        try (TokenModule before = open("server", "client");
                Session session = before.token("Tls").open(Login.user(SoftTokens.PIN))) {
            assertThat(session.random(8)).hasSize(8);
            replace(keyStore, keys.keyStore("other"));
            awaitMetric("result=\"success\"} 1");

            assertThat(session.random(8)).hasSize(8);
            assertThatThrownBy(() -> open("server", "client").close()).isInstanceOf(TokenUnavailableException.class);
            try (TokenModule after = open("other", "client")) {
                assertThat(after.tokens()).hasSize(1);
            }
        }
        assertThat(identities).containsOnly(new ClientIdentity(ClientIdentity.Kind.CERTIFICATE, "CN=client"));
    }

    @Test
    void authorities_thatAreReplaced_decideOnNewConnections() throws Exception {
        start(Optional.empty());
        assertThatThrownBy(() -> open("server", "other").close()).isInstanceOf(TokenUnavailableException.class);
        replace(trust, keys.certificate("other"));
        awaitMetric("result=\"success\"} 1");

        assertThatThrownBy(() -> open("server", "client").close()).isInstanceOf(TokenUnavailableException.class);
        try (TokenModule after = open("server", "other")) {
            assertThat(after.tokens()).hasSize(1);
        }
    }

    @Test
    void file_thatIsBroken_leavesTheOldCertificatesInUse() throws Exception {
        start(Optional.empty());
        Files.writeString(trust, "nothing of use");
        awaitMetric("result=\"failure\"} 1");
        assertThat(server().metrics()).containsPattern("symbolon_tls_files_good\\{[^}]+} 0\n");
        try (TokenModule after = open("server", "client")) {
            assertThat(after.tokens()).hasSize(1);
        }
        replace(trust, keys.certificate("client"));
        awaitMetric("result=\"success\"} 1");
        assertThat(server().metrics())
                .containsPattern("symbolon_tls_files_good\\{[^}]+} 1\n")
                .containsPattern("symbolon_tls_end_timestamp_seconds\\{[^}]+,of=\"certificate\"} [0-9]{10}\n");
    }

    @Test
    void certificate_thatIsRevokedWhileTheServerRuns_isRefused() throws Exception {
        Path openssl = Peer.require("openssl", "openssl");
        makeAuthority(openssl);
        Files.copy(folder.resolve("ca.pem"), trust, StandardCopyOption.REPLACE_EXISTING);
        Path revoked = Files.copy(folder.resolve("none.crl"), folder.resolve("now.crl"));
        start(Optional.of(revoked));
        ModuleOptions alice = keys.with(ModuleOptions.ofDefaults(), "server", "alice");
        try (TokenModule before = open(alice)) {
            assertThat(before.tokens()).hasSize(1);
        }
        replace(revoked, folder.resolve("alice.crl"));
        awaitMetric("result=\"success\"} 1");
        assertThatThrownBy(() -> open(alice).close()).isInstanceOf(TokenUnavailableException.class);
        assertThat(server().metrics())
                .containsPattern("symbolon_tls_end_timestamp_seconds\\{[^}]+,of=\"revocation_list\"} [0-9]{10}\n");
    }

    @Test
    void list_thatIsReplacedAfterTheServersCertificateHasExpired_isUsed() throws Exception {
        Path openssl = Peer.require("openssl", "openssl");
        makeAuthority(openssl);
        replace(keyStore, expired(openssl));
        Path revoked = Files.copy(folder.resolve("none.crl"), folder.resolve("now.crl"));
        start(Optional.of(revoked));
        replace(revoked, folder.resolve("alice.crl"));
        awaitMetric("result=\"success\"} 1");
        assertThat(server().metrics()).containsPattern("symbolon_tls_files_good\\{[^}]+} 1\n");
    }

    @Test
    void certificate_thatHasExpired_doesNotReplaceOneThatHasNot() throws Exception {
        Path openssl = Peer.require("openssl", "openssl");
        makeAuthority(openssl);
        start(Optional.empty());
        replace(keyStore, expired(openssl));
        awaitMetric("result=\"failure\"} 1");
        try (TokenModule after = open("server", "client")) {
            assertThat(after.tokens()).hasSize(1);
        }
    }

    @Test
    void file_thatCouldNotBeReadForAWhile_isReadAgainThoughItDidNotChange() throws Exception {
        start(Optional.empty());
        Path password = keys.password();
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw--w--w-")); // not to be trusted
        replace(keyStore, keys.keyStore("other"));
        awaitMetric("result=\"failure\"} 1");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        awaitMetric("result=\"success\"} 1");
        assertThat(server().metrics()).contains("result=\"failure\"} 1\n");
    }

    /** The key store of a server whose certificate has expired. */
    private Path expired(Path openssl) throws Exception {
        run(
                openssl,
                "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout old.key -out old.csr -subj"
                        + " /CN=old");
        run(
                openssl,
                "ca -batch -config ca.cnf -in old.csr -out old.pem -notext -startdate 20200101000000Z"
                        + " -enddate 20200201000000Z");
        run(
                openssl,
                "pkcs12 -export -in old.pem -inkey old.key -name old -out old.p12 -passout file:"
                        + keys.password().getFileName());
        return folder.resolve("old.p12");
    }

    /** An authority, alice's certificate, and its list of revoked certificates before and after hers is on it. */
    private void makeAuthority(Path openssl) throws Exception {
        Files.writeString(folder.resolve("ca.cnf"), """
            [ca]
            default_ca = it
            [it]
            database = ca.index
            serial = ca.serial
            new_certs_dir = .
            certificate = ca.pem
            private_key = ca.key
            default_md = sha256
            default_days = 2
            default_crl_days = 2
            policy = any
            [any]
            commonName = supplied
            """);
        Files.writeString(folder.resolve("ca.index"), "");
        Files.writeString(folder.resolve("ca.serial"), "01\n");
        String newKey = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        run(openssl, "req -x509 " + newKey + " -keyout ca.key -out ca.pem -subj /CN=authority -days 2");
        run(openssl, "req " + newKey + " -keyout alice.key -out alice.csr -subj /CN=alice");
        run(openssl, "ca -batch -config ca.cnf -in alice.csr -out alice.pem -notext");
        run(openssl, "ca -config ca.cnf -gencrl -out none.crl");
        run(openssl, "ca -config ca.cnf -revoke alice.pem");
        run(openssl, "ca -config ca.cnf -gencrl -out alice.crl");
        run(
                openssl,
                "pkcs12 -export -in alice.pem -inkey alice.key -name alice -out alice.p12 -passout file:"
                        + keys.password().getFileName());
    }

    private void run(Path program, String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments.split(" ")));
        Program done = Program.run(folder, Map.of(), command);
        assertThat(done.exitCode()).as(done.output()).isZero();
    }
}
