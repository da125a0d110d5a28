package org.symbolon.tests.ssh.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.ssh.agent.SshAgentClient;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.ssh.OpenSsh;
import org.symbolon.tests.ssh.OpenSshServer;

/** Our agent under OpenSSH, git, PuTTY and Dropbear, and OpenSSH's agent under ours. */
class OpenSshAgentTest {
    private static final String CLIENT = "openssh-client";

    @TempDir
    Path folder;

    private AgentFolder tokens;

    @BeforeEach
    void start() throws Exception {
        Peer.require("ssh-add", CLIENT);
        tokens = AgentFolder.in(folder);
    }

    @AfterEach
    void stop() {
        if (tokens != null) {
            tokens.close();
        }
    }

    private Program logIn(OpenSshServer server, String key, String... options) throws Exception {
        new OpenSsh(folder).trust(server.port(), List.of(server.hostKey()));
        String[] all = new String[options.length + 2];
        all[0] = "-o";
        all[1] = "IdentityAgent=" + tokens.agent().socket();
        System.arraycopy(options, 0, all, 2, options.length);
        return new OpenSsh(folder).logIn(server.port(), OpenSshServer.USER, key + ".pub", all);
    }

    @Test
    void sshAdd_listsTestsLocksAndRemoves() throws Exception {
        assertThat(tokens.done("ssh-add", CLIENT, "-L").lines())
                .contains(Files.readString(folder.resolve("ec.pub")).strip())
                .hasSize(3);
        assertThat(tokens.done("ssh-add", CLIENT, "-l"))
                .contains(tokens.key("rsa").fingerprint());
        tokens.done("ssh-add", CLIENT, "-T", "ec.pub");
        tokens.done("ssh-add", CLIENT, "-T", "ed.pub"); // for RSA it asks for SHA-1, which nobody gets
        assertThat(tokens.run("ssh-add", CLIENT, "-T", "rsa.pub").exitCode()).isNotZero();
        tokens.answer("a passphrase");
        tokens.done("ssh-add", CLIENT, "-x");
        assertThat(tokens.run("ssh-add", CLIENT, "-l").output()).contains("no identities");
        tokens.answer("another");
        assertThat(tokens.run("ssh-add", CLIENT, "-X").exitCode()).isNotZero();
        tokens.answer("a passphrase");
        tokens.done("ssh-add", CLIENT, "-X");
        tokens.done("ssh-add", CLIENT, "-d", "ec.pub");
        assertThat(tokens.done("ssh-add", CLIENT, "-L").lines()).hasSize(2);
        tokens.done("ssh-add", CLIENT, "-D");
        assertThat(tokens.session().findAll(ObjectQuery.privateKeys())).hasSize(3);
    }

    @Test
    void sshAdd_opensAndClosesTokensByPin() throws Exception {
        tokens.answer("wrong");
        assertThat(tokens.run("ssh-add", CLIENT, "-s", "second").exitCode()).isNotZero();
        tokens.answerPin();
        assertThat(tokens.run("ssh-add", CLIENT, "-s", "third").exitCode()).isNotZero();
        tokens.done("ssh-add", CLIENT, "-s", "second", "-t", "3600");
        tokens.done("ssh-add", CLIENT, "-T", "card.pub");
        tokens.done("ssh-add", CLIENT, "-e", "second");
        assertThat(tokens.run("ssh-add", CLIENT, "-T", "card.pub").exitCode()).isNotZero();
        tokens.done("ssh-add", CLIENT, "-c", "-s", "second");
        tokens.answer("yes");
        tokens.done("ssh-add", CLIENT, "-T", "card.pub");
        tokens.answer("no");
        assertThat(tokens.run("ssh-add", CLIENT, "-T", "card.pub").exitCode()).isNotZero();
    }

    @Test
    void ssh_logsInWithEveryKindOfKey_andPlinkAndDbclientToo() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(folder)) {
            for (String key : AgentFolder.KEYS) {
                server.authorize(tokens.key(key));
                Program login = logIn(server, key, "-v");
                assertThat(login.output()).contains("Authenticated to").contains("agent");
            }
            String host = server.hostKey().fingerprint();
            server.authorize(tokens.key("ec"));
            String user = OpenSshServer.USER + "@127.0.0.1";
            Object[] plink = {
                "-batch", "-ssh", "-P", server.port(), "-hostkey", host, "-i", "ec.pub", user, "echo", "ok"
            };
            assertThat(tokens.done("plink", "putty-tools", plink)).contains("ok");
            assertThat(tokens.done("dbclient", "dropbear-bin", "-y", "-y", "-p", server.port(), user, "echo ok"))
                    .contains("ok");
        }
    }

    @Test
    void destinations_ofSshAdd_areWhereTheKeyMayBeUsed() throws Exception {
        new OpenSsh(folder).newKey("added", "ed25519", 256);
        try (OpenSshServer server = OpenSshServer.start(folder)) {
            server.authorize(tokens.key("added"));
            new OpenSsh(folder).trust(server.port(), List.of(server.hostKey()));
            Path known = folder.resolve("known_hosts");
            String here = "[127.0.0.1]:" + server.port();
            Files.writeString(
                    known,
                    Files.readString(known) + "elsewhere " + tokens.key("ed").toOpenSshLine("") + "\n");
            tokens.done("ssh-add", CLIENT, "-H", known, "-h", "elsewhere", "added");
            Files.move(folder.resolve("added"), folder.resolve("kept"));
            assertThat(logIn(server, "added").output()).contains("Permission denied");
            Files.move(folder.resolve("kept"), folder.resolve("added"));
            tokens.done("ssh-add", CLIENT, "-H", known, "-h", here, "added");
            Files.move(folder.resolve("added"), folder.resolve("kept"));
            assertThat(logIn(server, "added", "-v").output()).contains("Authenticated to");
            assertThat(tokens.run("ssh-add", CLIENT, "-T", "added.pub").exitCode())
                    .isNotZero();
        }
    }

    @Test
    void sshKeygen_signsFilesAndCertificates_andGitCommits() throws Exception {
        Files.writeString(folder.resolve("message"), "a message\n");
        for (String key : AgentFolder.KEYS) {
            Files.deleteIfExists(folder.resolve("message.sig"));
            tokens.done("ssh-keygen", CLIENT, "-Y", "sign", "-n", "file", "-f", key + ".pub", "message");
            Files.writeString(
                    folder.resolve("allowed"),
                    "me@example.com " + tokens.key(key).toOpenSshLine("") + "\n");
            String verify = "'" + Peer.require("ssh-keygen", CLIENT)
                    + "' -Y verify -f allowed -I me@example.com -n file -s message.sig < message";
            assertThat(tokens.shell(verify).output()).contains("Good \"file\" signature");
        }
        for (String ca : AgentFolder.KEYS) {
            tokens.done(
                    "ssh-keygen", CLIENT, "-q", "-U", "-s", ca + ".pub", "-I", "id", "-n", "me", "-z", "7", "ec.pub");
            assertThat(tokens.done("ssh-keygen", CLIENT, "-L", "-f", "ec-cert.pub"))
                    .contains(tokens.key(ca).fingerprint())
                    .contains("Serial: 7");
        }
        tokens.done("git", "git", "init", "-q", "repository");
        List<Object> git = List.of("-C", "repository", "-c", "user.name=Me", "-c", "user.email=me@example.com");
        List<Object> signing = List.of("-c", "gpg.format=ssh", "-c", "user.signingkey=" + folder.resolve("ed.pub"));
        tokens.done("git", "git", joined(git, signing, List.of("commit", "-q", "--allow-empty", "-S", "-m", "signed")));
        List<Object> verifying = List.of("-c", "gpg.ssh.allowedSignersFile=" + folder.resolve("allowed"));
        assertThat(tokens.done("git", "git", joined(git, verifying, List.of("verify-commit", "HEAD"))))
                .contains("Good \"git\" signature for me@example.com");
    }

    private static Object[] joined(List<Object> first, List<Object> second, List<Object> third) {
        return java.util.stream.Stream.of(first, second, third)
                .flatMap(List::stream)
                .toArray();
    }

    @Test
    void sshd_hostKeysOfTheAgent_restartedUnderLoad() throws Exception {
        new OpenSsh(folder).newKey("user", "ed25519", 256);
        List<String> lines = new java.util.ArrayList<>(
                List.of("HostKeyAgent " + tokens.agent().socket()));
        AgentFolder.KEYS.forEach(key -> lines.add("HostKey " + folder.resolve(key)));
        try (OpenSshServer server = OpenSshServer.start(folder, lines)) {
            server.authorize(tokens.key("user"));
            OpenSsh ssh = new OpenSsh(folder);
            assertThat(ssh.scan(server.port()))
                    .containsExactlyInAnyOrder(tokens.key("ec"), tokens.key("rsa"), tokens.key("ed"));
            ssh.trust(server.port(), List.of(tokens.key("ec"), tokens.key("rsa"), tokens.key("ed")));
            for (String algorithm : List.of("ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519")) {
                String option = "HostKeyAlgorithms=" + algorithm;
                assertThat(ssh.logIn(server.port(), OpenSshServer.USER, "user", "-v", "-o", option)
                                .output())
                        .contains("Authenticated to");
                tokens.restart();
            }
        }
    }

    @Test
    void agentUri_keysOfOpenSshsAgent_signAsJcaKeys() throws Exception {
        Path socket = folder.resolve("openssh.sock");
        Process openssh = new ProcessBuilder(
                        Peer.require("ssh-agent", CLIENT).toString(), "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ssh-agent.log").toFile())
                .start();
        try {
            org.awaitility.Awaitility.await().until(() -> Files.exists(socket));
            for (Map.Entry<String, String> key : Map.of("p-256", "ecdsa", "rsa-key", "rsa", "ed-key", "ed25519")
                    .entrySet()) {
                new OpenSsh(folder)
                        .newKey(key.getKey(), key.getValue(), key.getValue().equals("rsa") ? 2048 : 256);
                Program added = Program.run(
                        folder,
                        Map.of("SSH_AUTH_SOCK", socket.toString()),
                        List.of(Peer.require("ssh-add", CLIENT), key.getKey()));
                assertThat(added.exitCode()).as(added.output()).isZero();
            }
            try (TokenModule module = TokenModule.open("agent:" + socket);
                    Session session = module.token("ssh-agent").open(Login.none());
                    SshAgentClient client = SshAgentClient.of(socket)) {
                assertThat(client.identities()).hasSize(3);
                assertSigns(session, "p-256", "SHA256withECDSA");
                assertSigns(session, "rsa-key", "SHA256withRSA");
                assertSigns(session, "rsa-key", "SHA512withRSA");
                assertSigns(session, "ed-key", "Ed25519");
            }
        } finally {
            openssh.destroy();
            openssh.onExit().join();
        }
    }

    private void assertSigns(Session session, String label, String algorithm) throws Exception {
        byte[] message = "signed by JCA with a key of an agent".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        PrivateKeyObject object = session.privateKey(label);
        java.security.PublicKey open = tokens.key(label).toPublicKey();
        PrivateKey key = TokenPrivateKey.of(session, object, open);
        Signature signature = Signature.getInstance(algorithm, new SymbolonProvider());
        signature.initSign(key);
        signature.update(message);
        byte[] signed = signature.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(open);
        verifier.update(message);
        assertThat(verifier.verify(signed)).as(label + " " + algorithm).isTrue();
    }
}
