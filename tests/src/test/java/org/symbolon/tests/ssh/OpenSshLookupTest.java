package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import org.symbolon.ssh.certificate.SshCertificateBuilder;
import org.symbolon.ssh.lookup.SshLookup;
import org.symbolon.ssh.lookup.SshLookupServer;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/** OpenSSH's server asks by the shipped script, run as nobody. Needs root: sshd runs only commands whose path is root's. */
class OpenSshLookupTest {
    private static final Path SCRIPT = Path.of("cli/src/main/resources/org/symbolon/cli/symbolon-sshd");

    @TempDir
    private Path folder;

    private Path secure;
    private Path socket;
    private TokenModule module;
    private Session session;
    private TokenAuthorizedKeys keys;
    private SshLookupServer lookups;
    private OpenSsh client;
    private SshPublicKey key;

    @BeforeEach
    void start() throws Exception {
        Peer.require("nc", "netcat-openbsd");
        Peer.require("sshd", "openssh-server");
        assumeTrue(OpenSshServer.USER.equals("root"), "sshd runs look-up commands for root alone");
        secure = Files.createTempDirectory(
                Path.of("/var/lib"),
                "symbolon-test",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.copy(Peer.root().resolve(SCRIPT), secure.resolve("lookup"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(secure.resolve("lookup"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(secure, PosixFilePermissions.fromString("rwxr-xr-x"));
        socket = secure.resolve("socket");
        module = SoftTokens.inMemory();
        session = SoftTokens.newSession(module, "Users");
        keys = TokenAuthorizedKeys.in(session);
        lookups = SshLookupServer.start(socket, Set.of("nobody"), new SshLookup(keys), 64);
        client = new OpenSsh(folder);
        key = client.newKey("user", "ed25519", 256);
    }

    @AfterEach
    void stop() throws Exception {
        if (lookups != null) {
            lookups.close();
            module.close();
        }
        if (secure != null) {
            try (Stream<Path> files = Files.walk(secure)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    @Test
    void login_keyAddedRemovedAndStoreEnded_isAnsweredAtTheNextLogin() throws Exception {
        try (OpenSshServer sshd = sshd()) {
            assertThat(logIn(sshd).exitCode()).isNotZero();

            keys.add(OpenSshServer.USER, key, command("echo from the token"), "");
            assertThat(logIn(sshd).output()).as(sshd.log()).contains("from the token");

            keys.remove(OpenSshServer.USER, key);
            assertThat(logIn(sshd).exitCode()).isNotZero();

            keys.add(OpenSshServer.USER, key);
            assertThat(logIn(sshd).output()).contains("a: ");
            session.close();
            assertThat(logIn(sshd).exitCode()).isNotZero();
        }
    }

    @Test
    void login_byCertificateOfAnAuthorityThatTheUserTrusts_works() throws Exception {
        session.generateKeyPair(
                Mechanism.keyPairGen(NamedCurve.ED25519), Template.label("ca").onToken());
        SshCertificateAuthority authority = SshCertificateAuthority.labelled(session, "ca");
        Files.writeString(
                folder.resolve("user-cert.pub"),
                authority
                        .issue(SshCertificateBuilder.user(key).keyId("x").principals(List.of("operators")))
                        .toOpenSshLine(""));
        Files.writeString(secure.resolve("ca.pub"), authority.publicKey().toOpenSshLine("") + "\n");
        try (OpenSshServer sshd = sshd(
                "TrustedUserCAKeys " + secure.resolve("ca.pub"),
                "AuthorizedPrincipalsCommand " + secure.resolve("lookup") + " " + socket + " principals %u %F",
                "AuthorizedPrincipalsCommandUser nobody")) {
            assertThat(logIn(sshd).exitCode()).isNotZero();

            keys.add(
                    OpenSshServer.USER,
                    authority.publicKey(),
                    new AuthorizedKeyOptions(
                            LoginRestrictions.builder()
                                    .command("echo an operator")
                                    .build(),
                            true,
                            List.of("operators")),
                    "");

            assertThat(logIn(sshd).output()).as(sshd.log()).contains("an operator");
        }
    }

    @Test
    void script_withoutAnAnswer_printsNothingAndFails() throws Exception {
        keys.add("alice", key);
        assertThat(script("keys", "alice", key.fingerprint()).output()).startsWith("ssh-ed25519 ");
        assertThat(script("keys", "alice")).isEqualTo(new Program(0, key.toOpenSshLine("") + "\n"));
        assertThat(script("keys", "bob", key.fingerprint())).isEqualTo(new Program(0, ""));
        assertThat(script("keys", "alice\nx", "").exitCode()).isEqualTo(2);
        assertThat(script("keys").exitCode()).isEqualTo(2);
        assertThat(script("what", "alice")).isEqualTo(new Program(1, ""));
        session.close();
        assertThat(script("keys", "alice", "")).isEqualTo(new Program(1, ""));
        lookups.close();
        assertThat(script("keys", "alice", "")).isEqualTo(new Program(1, ""));
    }

    private Program script(String... arguments) throws Exception {
        return Program.run(Stream.concat(Stream.of(secure.resolve("lookup"), socket), Stream.of(arguments))
                .toArray());
    }

    private OpenSshServer sshd(String... more) throws Exception {
        List<String> lines = Stream.concat(
                        Stream.of(
                                "AuthorizedKeysCommand " + secure.resolve("lookup") + " " + socket + " keys %u %k",
                                "AuthorizedKeysCommandUser nobody"),
                        Stream.of(more))
                .toList();
        OpenSshServer sshd = OpenSshServer.start(folder, lines);
        client.trust(sshd.port(), List.of(sshd.hostKey()));
        return sshd;
    }

    private Program logIn(OpenSshServer sshd) throws Exception {
        return client.logIn(sshd.port(), OpenSshServer.USER, "user");
    }

    private static AuthorizedKeyOptions command(String command) {
        return AuthorizedKeyOptions.of(
                LoginRestrictions.builder().command(command).build());
    }
}
