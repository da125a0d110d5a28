package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.mina.publickey.PublicKeySubsystemFactory;
import org.symbolon.ssh.publickey.NamespaceRight;
import org.symbolon.ssh.publickey.NamespaceRule;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.publickey.SelfServicePolicy;
import org.symbolon.ssh.publickey.TokenSelfServiceStore;

class SshKeysCommandTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEy laptop\n";

    @TempDir
    private Path folder;

    private final Commands commands = new Commands();
    private final SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
    private TokenModule module;
    private TokenHostKeyProvider hostKeys;
    private String token;
    private String hostKey;
    private String laptopKey;
    private Path keyFile;

    @BeforeEach
    void start() throws Exception {
        token = commands.initToken(folder);
        module = TokenModule.open(token);
        try (Pin pin = Pin.of("123456".toCharArray())) {
            Session session = module.token("Team").open(Login.user(pin));
            generate(session, "host");
            generate(session, "laptop");
            SshPublicKey host = SshPublicKey.of(PublicKeys.of(session.publicKey("host")));
            hostKey = host.fingerprint();
            laptopKey =
                    SshPublicKey.of(PublicKeys.of(session.publicKey("laptop"))).toOpenSshLine("");
            hostKeys = TokenHostKeyProvider.of(session, "host");
            TokenAuthorizedKeys users = TokenAuthorizedKeys.in(session);
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(hostKeys);
            server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
            server.setPasswordAuthenticator((user, password, connection) -> password.equals("correct horse"));
            server.setSubsystemFactories(PublicKeySubsystemFactory.of(new PublicKeySubsystem(
                    TokenSelfServiceStore.of(session, users),
                    SelfServicePolicy.builder()
                            .rule(NamespaceRule.of("*", "ssl", NamespaceRight.values()))
                            .build())));
            server.start();
            Files.writeString(
                    folder.resolve("known_hosts"),
                    "[127.0.0.1]:" + server.getPort() + " " + host.toOpenSshLine("") + "\n");
        }
        Commands.secret(folder.resolve("password"), "correct horse");
        keyFile = Files.writeString(folder.resolve("key.pub"), KEY);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(true);
        hostKeys.close();
        module.close();
    }

    private static void generate(Session session, String label) throws Exception {
        session.generateKeyPair(
                Mechanism.keyPairGen(NamedCurve.P256), Template.label(label).onToken());
    }

    private int run(String command, String... more) {
        String[] known = {"--known-hosts", folder.resolve("known_hosts").toString()};
        return runWith(known, command, more);
    }

    private int runWith(String[] options, String command, String... more) {
        String[] words = new String[5 + options.length + more.length];
        words[0] = "ssh-keys";
        words[1] = command;
        words[2] = "alice@127.0.0.1:" + server.getPort();
        words[3] = "--password";
        words[4] = "file:" + folder.resolve("password");
        System.arraycopy(options, 0, words, 5, options.length);
        System.arraycopy(more, 0, words, 5 + options.length, more.length);
        return commands.run(words);
    }

    @Test
    void key_addedListedAndRemoved() {
        assertThat(run("list")).as(commands.err()).isZero();
        assertThat(commands.out()).isEmpty();

        assertThat(run("add", keyFile.toString(), "--attribute", "from=10.0.0.0/8"))
                .as(commands.err())
                .isZero();
        assertThat(commands.out()).startsWith("added ssh-ed25519 SHA256:");
        assertThat(run("add", keyFile.toString())).isEqualTo(1);
        assertThat(commands.err()).contains("key already present");
        assertThat(run("add", keyFile.toString(), "--overwrite", "--comment", "new one"))
                .isZero();
        assertThat(run("list")).isZero();
        assertThat(commands.out())
                .startsWith("ssh-ed25519 SHA256:")
                .contains("comment=\"new one\"")
                .doesNotContain("from");
        String fingerprint = commands.out().split(" ", -1)[1];
        assertThat(run("list", "--json")).isZero();
        assertThat(commands.out()).contains("\"fingerprint\" : \"" + fingerprint + "\"", "\"new one\"");

        assertThat(run("remove", fingerprint)).as(commands.err()).isZero();
        assertThat(run("remove", fingerprint)).isEqualTo(3);
        assertThat(run("remove", keyFile.toString())).isEqualTo(3);
    }

    @Test
    void certificate_inANamespace() throws Exception {
        String certificate = certificate().toString();
        assertThat(run("add", keyFile.toString(), "--certificate", "--namespace", "ssl"))
                .isEqualTo(6);
        assertThat(run("add", certificate, "--certificate")).isEqualTo(2);
        assertThat(run("namespaces")).isZero();
        assertThat(commands.out().lines()).containsExactly("ssh");
        assertThat(run("add", keyFile.toString(), "--namespace", "ssl"))
                .as(commands.err())
                .isZero();
        assertThat(run("namespaces")).isZero();
        assertThat(commands.out().lines()).containsExactly("ssh", "ssl");
        assertThat(run("add", certificate, "--certificate", "--namespace", "ssl"))
                .as(commands.err())
                .isZero();
        assertThat(run("list", "--certificates")).isZero();
        assertThat(commands.out()).startsWith("X509, ").contains("namespace=\"ssl\"");
        assertThat(run("remove", certificate, "--certificate", "--namespace", "ssl"))
                .isZero();
        assertThat(run("remove", certificate, "--certificate", "--namespace", "ssl"))
                .isEqualTo(3);
        assertThat(run("add", keyFile.toString(), "--namespace", "kmip")).isEqualTo(1);
        assertThat(commands.err()).contains("action not authorized");
    }

    private Path certificate() throws Exception {
        Path file = folder.resolve("certificate.pem");
        Path store = folder.resolve("store.p12");
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=alice", "-keystore", store.toString());
        keytool("-exportcert", "-rfc", "-alias", "a", "-file", file.toString(), "-keystore", store.toString());
        return file;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void attributes_areListed() {
        assertThat(run("attributes")).isZero();
        assertThat(commands.out().lines()).hasSize(13).contains("command-override", "namespace");
        assertThat(run("add", keyFile.toString(), "--attribute", "nonsense@example.com=1"))
                .isEqualTo(1);
        assertThat(commands.err()).contains("attribute not supported");
    }

    @Test
    void login_byAKeyOfAToken_needsNoPassword() throws Exception {
        Path laptop = Files.writeString(folder.resolve("laptop.pub"), laptopKey);
        assertThat(run("add", laptop.toString())).isZero();

        int exitCode = commands.run(
                "ssh-keys",
                "list",
                "alice@127.0.0.1:" + server.getPort(),
                "--token",
                token,
                "--pin",
                "file:" + folder.resolve("pin"),
                "--key",
                "laptop",
                "--host-key",
                hostKey);

        assertThat(exitCode).as(commands.err()).isZero();
        assertThat(commands.out()).startsWith("ecdsa-sha2-nistp256 SHA256:");
    }

    @Test
    void hostKey_thatIsNotKnown_isNamedAndNobodyLogsIn() {
        assertThat(runWith(new String[] {"--known-hosts", folder.resolve("none").toString()}, "list"))
                .isEqualTo(4);
        assertThat(commands.err()).contains("--host-key " + hostKey);
        assertThat(runWith(new String[] {"--host-key", "SHA256:other"}, "list")).isEqualTo(4);
        assertThat(runWith(new String[] {"--host-key", hostKey}, "list"))
                .as(commands.err())
                .isZero();
    }

    @Test
    void login_thatFails_saysHow() throws Exception {
        Commands.secret(folder.resolve("password"), "wrong");

        assertThat(run("list")).isEqualTo(4);
        assertThat(commands.err()).contains("refuses the login of alice").doesNotContain("wrong");
        assertThat(commands.run("ssh-keys", "list", "nobody")).isEqualTo(2);
        assertThat(commands.run("ssh-keys")).isEqualTo(2);
        server.stop(true);
        assertThat(run("list")).isEqualTo(5);
    }
}
