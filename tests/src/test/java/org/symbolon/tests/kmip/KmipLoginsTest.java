package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.LiveLogins;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.ssh.OpenSsh;
import org.symbolon.tests.ssh.TokenSshServer;

/** SSH users whose public keys are KMIP objects of a group: PyKMIP's client lets them in and out, and knows nothing of SSH. */
class KmipLoginsTest {
    private static final String GROUP = "ssh-users";
    private static final String USER = "alice";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService background = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        background.shutdownNow();
    }

    @TempDir
    private Path folder;

    @Test
    void logIn_withAKeyOnPykmipsServer_worksUntilPykmipsClientDestroysIt() throws Exception {
        try (PykmipServer server = PykmipServer.start(folder)) {
            story(server.keys(), server.port());
        }
    }

    @Test
    void logIn_withAKeyOnOurServer_worksUntilPykmipsClientDestroysIt() throws Exception {
        KmipKeys keys = KmipKeys.make(folder);
        try (TokenModule module = SoftTokens.inMemory();
                Session session = SoftTokens.newSession(module, "Served");
                KmipServer server = KmipServer.builder(session)
                        .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys.serverContext())
                        .start()) {
            story(keys, server.address().getPort());
        }
    }

    private void story(KmipKeys keys, int port) throws Exception {
        OpenSsh openSsh = new OpenSsh(folder);
        openSsh.newKey("laptop", "rsa", 2048);
        TokenModule module = TokenModule.open(
                "kmip://127.0.0.1:" + port,
                keys.settings(ModuleOptions.ofDefaults().withTimeout(Duration.ofSeconds(60)))
                        .withSetting("groups", GROUP));
        Session session = module.token(GROUP).open(Login.protectedPath());
        TokenAuthorizedKeys users = TokenAuthorizedKeys.builder(session)
                .lookup(TokenAuthorizedKeys.Lookup.BY_LABEL)
                .build();
        try (LiveLogins live = LiveLogins.every(Duration.ofSeconds(1));
                TokenSshServer ssh = TokenSshServer.over(
                        module, session, users, Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048))) {
            ssh.endSessions(live);
            openSsh.trust(ssh.port(), ssh.hostKeys().values());
            assertThat(openSsh.logIn(ssh.port(), USER, "laptop").exitCode()).isNotZero();

            assertThat(PykmipProgram.run("login.py", folder, port, "add", GROUP, USER, pkcs1("laptop")))
                    .startsWith("made ");
            Program letIn = openSsh.logIn(ssh.port(), USER, "laptop");
            assertThat(letIn.exitCode()).as(letIn.output()).isZero();
            assertThat(letIn.output()).contains("hello " + USER);
            Future<Program> open = background.submit(() -> openSsh.logIn(ssh.port(), USER, "laptop", "-N"));
            await().atMost(PATIENCE).until(() -> ssh.logins() == 1);

            assertThat(PykmipProgram.run("login.py", folder, port, "remove", GROUP, USER))
                    .startsWith("destroyed ");
            Program ended = open.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended.output()).as("the session that was open").contains("may no longer be used");
            assertThat(openSsh.logIn(ssh.port(), USER, "laptop").output()).contains("Permission denied");
        }
    }

    /** The public key of OpenSSH's file as PyKMIP wants it. */
    private Path pkcs1(String name) throws Exception {
        Path pem = folder.resolve(name + ".pem");
        Program export = Program.run(
                Peer.require("ssh-keygen", "openssh-client"), "-e", "-m", "PEM", "-f", folder.resolve(name + ".pub"));
        assertThat(export.exitCode()).as(export.output()).isZero();
        Files.writeString(pem, export.output());
        Path der = folder.resolve(name + ".der");
        Program convert = Program.run(
                Peer.require("openssl", "openssl"),
                "rsa",
                "-RSAPublicKey_in",
                "-in",
                pem,
                "-RSAPublicKey_out",
                "-outform",
                "DER",
                "-out",
                der);
        assertThat(convert.exitCode()).as(convert.output()).isZero();
        return der;
    }
}
