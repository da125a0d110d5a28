package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;

/** The protocol in TLS, both ends with a certificate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TlsTest {
    @TempDir
    static Path folder;

    private final SoftHsm softHsm = new SoftHsm();
    private TlsRelay relay;

    @BeforeAll
    void start() throws Exception {
        RemoteTokens.make(softHsm, "Tls");
        TlsKeys.make(folder, "server", "client", "stranger");
        relay = new TlsRelay(softHsm, folder.resolve("server.p12"), folder.resolve("client.pem"), TlsKeys.PASSWORD);
    }

    @AfterAll
    void stop() {
        relay.close();
        softHsm.close();
    }

    @Test
    void sign_overTlsWithAClientCertificate_works() throws Exception {
        try (TokenModule module = TokenModule.open(uri(), options("server", "client"));
                Session session = RemoteTokens.logIn(module, "Tls")) {
            KeyPairObject pair = session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.empty());
            byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[3]);
            assertThat(session.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, new byte[3], signature))
                    .isTrue();
            assertThat(session.random(100_000)).hasSize(100_000);
        }
    }

    @Test
    void open_withACertificateThatTheServerDoesNotKnow_isRefused() {
        assertThatThrownBy(() -> TokenModule.open(uri(), options("server", "stranger")))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void open_aServerWithACertificateThatIsNotTrusted_isRefused() {
        assertThatThrownBy(() -> TokenModule.open(uri(), options("stranger", "client")))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("localhost")
                .hasMessageNotContaining(TlsKeys.PASSWORD);
    }

    @Test
    void open_aServerOfAnotherName_isRefused() {
        String byAddress = "p11:tls://127.0.0.1:" + relay.port();
        assertThatThrownBy(() -> TokenModule.open(byAddress, options("server", "client")))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("127.0.0.1");
    }

    private String uri() {
        return "p11:tls://localhost:" + relay.port();
    }

    private ModuleOptions options(String trusted, String own) {
        return ModuleOptions.ofDefaults()
                .withSetting("reconnect", "100ms")
                .withSetting("trust", folder.resolve(trusted + ".pem").toString())
                .withSetting("key-store", folder.resolve(own + ".p12").toString())
                .withSetting("key-store-password", "file:" + folder.resolve("password"));
    }
}
