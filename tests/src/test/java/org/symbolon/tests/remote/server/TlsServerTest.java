package org.symbolon.tests.remote.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.SecretReference;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.remote.TlsKeys;

/** Our server on a port with TLS, and who reaches it there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TlsServerTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    private Path folder;
    private TlsKeys keys;
    private TokenModule module;
    private RemoteTokenServer server;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        keys = TlsKeys.make(folder, "server", "client", "stranger");
        module = SoftTokens.inMemory();
        SoftTokens.make(module, "Tls");
        server = RemoteTokenServer.builder()
                .module(module)
                .tls(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        keys.keyStore("server"),
                        new SecretReference.SecretFile(keys.password()),
                        keys.certificate("client"))
                .start();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        if (module != null) {
            module.close();
        }
    }

    private static void run(Object... command) throws Exception {
        Program program = Program.run(command);
        assertThat(program.exitCode()).as(program.output()).isZero();
    }

    private int port() {
        String address = server.addresses().get(0);
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private TokenModule open(String name) throws Exception {
        return TokenModule.open("p11:tls://localhost:" + port(), keys.with(ModuleOptions.ofDefaults(), "server", name));
    }

    @Test
    void client_withACertificateThatIsTrusted_signs() throws Exception {
        try (TokenModule remote = open("client");
                Session session = remote.token("Tls").open(Login.user(SoftTokens.PIN))) {
            KeyPairObject pair =
                    session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P256), Template.label("by TLS"));
            byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE);
            try (Session near = module.token("Tls").open(Login.user(SoftTokens.PIN))) {
                assertThat(near.verify(near.publicKey("by TLS"), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                        .isTrue();
            }
        }
    }

    @Test
    void client_withAnotherCertificate_isRefusedBeforeAnyCall() throws Exception {
        assertThatThrownBy(() -> open("stranger").close()).isInstanceOf(TokenUnavailableException.class);
        try (TokenModule remote = open("client")) {
            assertThat(remote.token("Tls").info().label()).isEqualTo("Tls");
        }
    }

    @Test
    void caller_thatSaysNothing_isCutOff() throws IOException {
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port())) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void nativeProgram_throughOpenssl_usesTheToken() throws Exception {
        Path openssl = Peer.require("openssl", "openssl");
        run(
                openssl,
                "pkcs12",
                "-in",
                keys.keyStore("client"),
                "-passin",
                "pass:" + TlsKeys.PASSWORD,
                "-nodes",
                "-nocerts",
                "-out",
                folder.resolve("client.key"));
        String address = "|" + openssl + " s_client -quiet -nocommands -no_ign_eof -verify_quiet"
                + " -verify_return_error -CAfile " + keys.certificate("server") + " -cert "
                + keys.certificate("client") + " -key " + folder.resolve("client.key") + " -connect localhost:"
                + port();
        Program tool = Program.run(
                folder,
                Map.of("P11_KIT_SERVER_ADDRESS", address),
                List.of(Peer.require("pkcs11-tool", "opensc"), "--module", ServedTokens.library(), "--list-slots"));
        assertThat(tool.exitCode()).as(tool.output()).isZero();
        assertThat(tool.output()).containsPattern("token label +: Tls");
    }
}
