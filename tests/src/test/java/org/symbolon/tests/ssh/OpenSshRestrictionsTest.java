package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.LiveLogins;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** What options of keys in a soft token allow OpenSSH's client on a MINA server: forced, forwarded, touched, certified, ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSshRestrictionsTest {
    private static final int REFUSED = 255;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final AtomicInteger count = new AtomicInteger();
    private Path folder;
    private TokenSshServer server;
    private OpenSsh openSsh;

    @BeforeAll
    void startServer(@TempDir Path temporary) throws Exception {
        folder = temporary;
        server = TokenSshServer.start(folder.resolve("ssh.db"));
        server.server().setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        openSsh = new OpenSsh(folder);
        openSsh.trust(server.port(), server.hostKeys().values());
    }

    @AfterAll
    void stopServer() throws Exception {
        background.shutdownNow();
        server.close();
    }

    @Test
    void command_isRunInPlaceOfTheClients() throws Exception {
        String name = restricted("command=\"the forced one\"");

        assertThat(openSsh.logIn(server.port(), "alice", name).output()).contains("hello alice: the forced one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=\"127.0.0.1\" | true",
                "from=\"10.0.0.0/8\" | false",
                "expiry-time=\"20200101\" | false",
                "expiry-time=\"29991231Z\" | true"
            })
    void fromAndExpiry_decideAboutTheLogin(String options, boolean letIn) throws Exception {
        Program ssh = openSsh.logIn(server.port(), "alice", restricted(options));

        assertThat(ssh.exitCode()).as(ssh.output()).isEqualTo(letIn ? 0 : REFUSED);
        assertThat(ssh.output()).contains(letIn ? "hello alice" : "Permission denied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"no-pty | true", "restrict | true", "restrict,pty | false"})
    void pty_isRefusedWhereItIsDenied(String options, boolean refused) throws Exception {
        Program ssh = openSsh.logIn(server.port(), "alice", restricted(options), "-tt");

        assertThat(ssh.output().contains("PTY allocation request failed"))
                .as(ssh.output())
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permitopen=\"127.0.0.1:%d\" | true",
                "permitopen=\"127.0.0.1:1\" | false",
                "no-port-forwarding | false"
            })
    void forwarding_isOpenedWhereItIsPermitted(String options, boolean opened) throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Void> greeting = background.submit(() -> greet(target));
            String name = restricted(options.formatted(target.getLocalPort()));

            Program ssh = openSsh.logIn(
                    server.port(), "alice", name, "-W", "127.0.0.1:" + target.getLocalPort(), "-o", "LogLevel=ERROR");

            assertThat(ssh.output().contains("greetings")).as(ssh.output()).isEqualTo(opened);
            assertThat(greeting.isDone()).isEqualTo(opened);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | true",
                "no-touch-required | '' | false",
                "no-touch-required | no-touch-required | true",
                "'' | verify-required | false"
            })
    void fidoKey_ofOpenSsh_isTouchedAsItsEntryWants(String made, String options, boolean letIn) throws Exception {
        Path authenticator = authenticator();
        String name = "fido" + count.incrementAndGet();
        List<Object> command = new ArrayList<>(List.of(Peer.require("ssh-keygen", "openssh-client"), "-q"));
        command.addAll(List.of("-t", "ed25519-sk", "-w", authenticator, "-N", "", "-f", folder.resolve(name)));
        if (!made.isEmpty()) {
            command.addAll(List.of("-O", made));
        }
        Program keygen = Program.run(folder, Map.of(), command);
        assertThat(keygen.exitCode()).as(keygen.output()).isZero();
        String line = Files.readString(folder.resolve(name + ".pub")).strip();
        add("alice", options, AuthorizedKeysLine.parse(line).key());

        Program ssh =
                openSsh.logIn(server.port(), "alice", name, "-o", "SecurityKeyProvider=" + authenticator.toRealPath());

        assertThat(ssh.exitCode()).as(ssh.output()).isEqualTo(letIn ? 0 : REFUSED);
    }

    @Test
    void certificate_ofACaInTheUsersEntries_letsTheUserIn() throws Exception {
        String ca = unique();
        SshPublicKey authority = openSsh.newKey(ca, "ed25519", 256);
        String name = unique();
        SshPublicKey key = openSsh.newKey(name, "ecdsa", 256);
        Files.writeString(
                folder.resolve(name + "-cert.pub"),
                openSsh.certify(key, ca, "carol").toOpenSshLine("") + "\n");
        assertThat(openSsh.logIn(server.port(), "carol", name).exitCode()).isEqualTo(REFUSED);

        add("carol", "cert-authority,command=\"as certified\"", authority);

        assertThat(openSsh.logIn(server.port(), "carol", name).output()).contains("hello carol: as certified");
        assertThat(openSsh.logIn(server.port(), "alice", name).exitCode()).isEqualTo(REFUSED);
        assertThat(openSsh.logIn(server.port(), "carol", ca).exitCode()).isEqualTo(REFUSED);
    }

    @Test
    void session_ofAKeyThatIsRemoved_ends() throws Exception {
        String name = unique();
        SshPublicKey key = openSsh.newKey(name, "ed25519", 256);
        server.users().add("dora", key);
        try (LiveLogins live = LiveLogins.every(Duration.ofDays(1)).follow(server.session())) {
            server.endSessions(live);
            Future<Program> session = background.submit(() -> openSsh.logIn(server.port(), "dora", name, "-N"));
            await().atMost(PATIENCE).until(() -> server.logins() == 1);

            server.users().remove("dora", key);

            Program ended = session.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(REFUSED);
            assertThat(ended.output()).contains("may no longer be used");
        }
    }

    private static Void greet(ServerSocket target) throws IOException {
        try (Socket client = target.accept()) {
            client.getOutputStream().write("greetings\n".getBytes(StandardCharsets.US_ASCII));
            return null;
        }
    }

    /** The library that OpenSSH's programs load in place of a device. */
    private Path authenticator() throws Exception {
        Path library = folder.resolve("authenticator.so");
        if (!Files.exists(library)) {
            Path source = folder.resolve("authenticator.c");
            try (InputStream lines = Objects.requireNonNull(
                    OpenSshRestrictionsTest.class.getResourceAsStream("software-authenticator.c"))) {
                Files.copy(lines, source);
            }
            Peer.requireFile("libssl-dev", Path.of("/usr/include/openssl/evp.h"));
            Program gcc = Program.run(
                    Peer.require("gcc", "gcc"),
                    "-Wall",
                    "-Werror",
                    "-shared",
                    "-fPIC",
                    source,
                    "-o",
                    library,
                    "-lcrypto");
            assertThat(gcc.exitCode()).as(gcc.output()).isZero();
        }
        return library;
    }

    /** The name of a new key that lets alice in with these options. */
    private String restricted(String options) throws Exception {
        String name = unique();
        add("alice", options, openSsh.newKey(name, "ed25519", 256));
        return name;
    }

    private void add(String user, String options, SshPublicKey key) throws Exception {
        String line = (options + " " + key.toOpenSshLine("")).strip();
        server.users()
                .add(
                        user,
                        key,
                        AuthorizedKeyOptions.parse(
                                AuthorizedKeysLine.parse(line).options()),
                        "");
    }

    private String unique() {
        return "restricted" + count.incrementAndGet();
    }
}
