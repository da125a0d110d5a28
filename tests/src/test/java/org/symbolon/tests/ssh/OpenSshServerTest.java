package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.tests.SoftTokens;

/** A Java client whose keys stay in a token, against OpenSSH's server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSshServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OpenSshServer sshd;
    private TokenModule module;
    private Session session;

    @BeforeAll
    void startSshd(@TempDir Path temporary) throws Exception {
        sshd = OpenSshServer.start(temporary);
        module = SoftTokens.inMemory();
        session = SoftTokens.newSession(module, "Client");
        for (Mechanism keys : List.of(
                Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                Mechanism.keyPairGen(NamedCurve.P256),
                Mechanism.keyPairGen(NamedCurve.P384),
                Mechanism.keyPairGen(NamedCurve.P521),
                Mechanism.keyPairGen(NamedCurve.ED25519))) {
            session.generateKeyPair(keys, Template.label(label(keys)));
        }
    }

    @AfterAll
    void stopSshd() throws Exception {
        if (module != null) {
            module.close();
        }
        if (sshd != null) {
            sshd.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P256", "P384", "P521", "ED25519"})
    void logIn_withAKeyOfEachType_runsACommand(String label) throws Exception {
        sshd.authorize(SshPublicKey.of(PublicKeys.of(session.publicKey(label))));

        assertThat(run(label)).as(sshd.log()).isEqualTo("hello from sshd\n");
    }

    @Test
    void logIn_withAKeyThatIsNotAuthorized_isRefused() throws Exception {
        sshd.authorize(SshPublicKey.of(PublicKeys.of(session.publicKey("P384"))));

        assertThatThrownBy(() -> run("P256")).isInstanceOf(SshException.class);
    }

    private static String label(Mechanism keys) {
        return keys.parameters() instanceof MechanismParameters.CurveKeyPair curve
                ? curve.curve().name()
                : "RSA";
    }

    private String run(String label) throws Exception {
        SshPublicKey hostKey = sshd.hostKey();
        try (SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
                TokenClientIdentities identities = TokenClientIdentities.of(session, label)) {
            client.setServerKeyVerifier((peer, address, seen) -> isKey(hostKey, seen));
            client.setKeyIdentityProvider(identities);
            client.start();
            try (ClientSession login = client.connect(OpenSshServer.USER, "127.0.0.1", sshd.port())
                    .verify(PATIENCE)
                    .getSession()) {
                login.auth().verify(PATIENCE);
                return login.executeRemoteCommand("echo hello from sshd");
            }
        }
    }

    private static boolean isKey(SshPublicKey expected, PublicKey seen) {
        try {
            return SshPublicKey.of(seen).equals(expected);
        } catch (SshFormatException e) {
            return false;
        }
    }
}
