package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidKeyException;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.OpenSshCertificateImpl;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.Test;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;

class TokenSshTest {
    @Test
    void classPath_ofThisRun_isTheOneThatItClaimsToBe() {
        String expected = System.getProperty("symbolon.ssh.ed25519", "");
        JdkEdDsa.ensure();

        assertThat(SecurityUtils.isBouncyCastleRegistered()).isEqualTo(expected.equals("BouncyCastle"));
        assertThat(SecurityUtils.isNetI2pCryptoEdDSARegistered()).isEqualTo(expected.equals("NetI2p"));
        assertThat(SecurityUtils.getEdDSASupport().orElseThrow().getClass().getSimpleName())
                .startsWith(expected);
    }

    @Test
    void configure_server_hasTheAlgorithmsAndSettings() {
        SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());

        assertThat(NamedResource.getNameList(server.getSignatureFactories()))
                .contains(
                        "rsa-sha2-256",
                        "rsa-sha2-512",
                        "ecdsa-sha2-nistp256",
                        "ecdsa-sha2-nistp384",
                        "ecdsa-sha2-nistp521",
                        "ssh-ed25519",
                        "rsa-sha2-512-cert-v01@openssh.com",
                        "ssh-ed25519-cert-v01@openssh.com",
                        "sk-ssh-ed25519@openssh.com")
                .doesNotContain("ssh-rsa", "ssh-dss", "ssh-rsa-cert-v01@openssh.com");
        assertThat(CoreModuleProperties.TCP_NODELAY.get(server)).contains(true);
        assertThat(CoreModuleProperties.NIO_WORKERS.get(server)).contains(32);
    }

    @Test
    void configure_client_hasQuickKeyExchangesFirstAndLosesNone() {
        SshClient untouched = SshClient.setUpDefaultClient();
        SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());

        List<String> names = NamedResource.getNameList(client.getKeyExchangeFactories());
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(NamedResource.getNameList(untouched.getKeyExchangeFactories()));
        assertThat(names.indexOf("curve25519-sha256")).isNotNegative();
        assertThat(names.stream().filter(name -> name.startsWith("sntrup")))
                .allMatch(name -> names.indexOf(name) > names.indexOf("curve25519-sha256"));
        assertThat(CoreModuleProperties.TCP_NODELAY.get(client)).contains(true);
    }

    @Test
    void signature_begunForSigningOnAToken_doesNotVerify() throws Exception {
        TestToken token = new TestToken();
        token.put("key", KeyFiles.secret("openssh-ed25519").keyPair());
        TokenSigner signer = new TokenSigner();
        try (TokenSshKeys keys = TokenSshKeys.labelled(token.open(), signer, List.of("key"))) {
            Signature signature = NamedFactory.create(TokenSignatureFactories.of(signer), "ssh-ed25519");
            signature.initSigner(null, keys.keys().get(0).privateKey());
            signature.update(null, new byte[3]);

            assertThatThrownBy(() -> signature.verify(null, new byte[64])).isInstanceOf(InvalidKeyException.class);
            assertThat(signature.sign(null)).hasSize(64);
        }
    }

    @Test
    void authenticate_certificate_isRefused() throws Exception {
        TokenAuthorizedKeys keys = TokenAuthorizedKeys.in(new TestToken().open());
        OpenSshCertificateImpl certificate = new OpenSshCertificateImpl();

        assertThat(new TokenPublickeyAuthenticator(keys).isAuthorized("alice", certificate))
                .isFalse();
    }

    @Test
    void hostKeys_severalOfDifferentTypes_areFoundByType() throws Exception {
        TestToken token = new TestToken();
        token.put("one", KeyFiles.secret("openssh-rsa").keyPair());
        token.put("two", KeyFiles.secret("openssh-ecdsa-256").keyPair());
        try (TokenHostKeyProvider keys = TokenHostKeyProvider.of(token.open(), "one", "two")) {
            assertThat(keys.getKeyTypes(null)).containsExactly("ssh-rsa", "ecdsa-sha2-nistp256");
            assertThat(keys.loadKeys(null)).hasSize(2);
            assertThat(keys.loadKey(null, "ecdsa-sha2-nistp256"))
                    .isNotNull()
                    .satisfies(
                            pair -> assertThat(pair.getPrivate().getEncoded()).isNull());
            assertThat(keys.loadKey(null, "ssh-ed25519")).isNull();
        }
    }
}
