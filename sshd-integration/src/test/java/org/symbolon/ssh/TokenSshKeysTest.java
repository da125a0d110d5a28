package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenObject;

class TokenSshKeysTest {
    private final TestToken token = new TestToken();
    private final TokenSigner signer = new TokenSigner();
    private Session session;

    @BeforeEach
    void open() throws Exception {
        session = token.open();
    }

    @ParameterizedTest
    @CsvSource({
        "openssh-rsa, true", "openssh-ecdsa-256, true", "openssh-ecdsa-384, true", "openssh-ecdsa-521, true",
        "openssh-ed25519, true", "openssh-rsa, false", "openssh-ecdsa-256, false", "openssh-ecdsa-384, false",
        "openssh-ecdsa-521, false",
    })
    void sign_everyAlgorithmWithAndWithoutHashingOnTheToken_verifies(String file, boolean hashing) throws Exception {
        token.put("key", KeyFiles.secret(file).keyPair());
        token.hashing(hashing);
        TokenSshKey key =
                TokenSshKeys.labelled(session, signer, List.of("key")).keys().get(0);

        assertThat(key.publicKey()).isEqualTo(KeyFiles.open(file + ".pub"));
        for (SshSignatureAlgorithm algorithm : key.publicKey().type().signatureAlgorithms()) {
            byte[] message = {1, 2, 3};
            SshSignature signature = signer.sign(key.privateKey(), algorithm, message);

            Signature verifier = Signature.getInstance(algorithm.jcaName());
            verifier.initVerify(key.publicKey().toPublicKey());
            verifier.update(message);
            assertThat(verifier.verify(signature.toJca())).isTrue();
        }
    }

    @Test
    void sign_onATokenThatCannotHash_asksItInVainOnlyOnce() throws Exception {
        token.put("key", KeyFiles.secret("openssh-ecdsa-256").keyPair());
        token.hashing(false);
        TokenSshKey key =
                TokenSshKeys.labelled(session, signer, List.of("key")).keys().get(0);
        int before = token.signatures();

        signer.sign(key.privateKey(), SshSignatureAlgorithm.ECDSA_P256, new byte[1]);

        assertThat(token.signatures() - before).isEqualTo(1);
    }

    @Test
    void labelled_noSuchKey_saysWhich() {
        assertThatThrownBy(() -> TokenSshKeys.labelled(session, signer, List.of("ssh-host")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("No private key is labelled \"ssh-host\" in token \"Test\", or the session may not see it");
        assertThatThrownBy(() -> TokenSshKeys.labelled(session, signer, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelled_keyThatCannotSign_saysLabelTypeAndCause() throws Exception {
        token.put("host", KeyFiles.secret("openssh-ed25519").keyPair());
        token.hashing(false);
        TokenObject secret = session.require(ObjectQuery.privateKeys());
        token.store(secret.attributes().with(Attribute.LABEL, "broken"));

        assertThatThrownBy(() -> TokenSshKeys.labelled(session, signer, List.of("broken")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("private key \"broken\"")
                .hasMessageContaining("ssh-ed25519 SHA256:unVQHlVAtr9wOaFwiGkSwOGLa1abTbsYwlPd14jxggM")
                .hasMessageContaining("CKR_MECHANISM_INVALID");
    }

    @Test
    void labelled_publicHalfOfAnotherKey_isRefused() throws Exception {
        KeyPair one = KeyFiles.secret("openssh-ed25519").keyPair();
        KeyPair other = KeyFiles.secret("pkcs8-ed25519.pem").keyPair();
        token.put("host", new KeyPair(other.getPublic(), one.getPrivate()));

        assertThatThrownBy(() -> TokenSshKeys.labelled(session, signer, List.of("host")))
                .hasMessageContaining("the public key belongs to another key");
    }

    @Test
    void of_keyWithoutPublicHalf_saysSo() throws Exception {
        token.put("host", KeyFiles.secret("openssh-ed25519").keyPair());
        session.destroy(session.publicKey("host"));
        PrivateKeyObject lonely = session.privateKey("host");

        assertThatThrownBy(() -> TokenSshKey.of(session, lonely))
                .hasMessageContaining("it does not carry its public half, and no public key in the token has its id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "Ed448"})
    void matching_keysThatSshCannotUse_areLeftOut(String algorithm) throws Exception {
        token.put("odd", KeyPairGenerator.getInstance(algorithm).generateKeyPair());
        token.put("good", KeyFiles.secret("openssh-ecdsa-256").keyPair());

        try (TokenSshKeys keys = TokenSshKeys.matching(session, signer, ObjectQuery.privateKeys())) {
            assertThat(keys.keys()).extracting(key -> key.object().label()).containsExactly("good");
        }
    }

    @Test
    void keys_afterChanges_follow() throws Exception {
        token.put("host", KeyFiles.secret("openssh-ed25519").keyPair());
        try (TokenSshKeys keys = TokenSshKeys.labelled(session, signer, List.of("host"))) {
            List<TokenSshKey> before = keys.keys();
            assertThat(keys.keys()).isSameAs(before).hasSize(1);

            token.put("host", KeyFiles.secret("openssh-rsa").keyPair());
            await().until(() -> keys.keys().size() == 2);

            session.destroy(before.get(0).object());
            assertThat(keys.keys()).extracting(key -> key.publicKey().type()).containsExactly(SshKeyType.RSA);
        }
    }

    @Test
    void keys_whenTheTokenStopsToAnswer_stay() throws Exception {
        token.put("host", KeyFiles.secret("openssh-ed25519").keyPair());
        try (TokenSshKeys keys = TokenSshKeys.labelled(session, signer, List.of("host"))) {
            token.answering(false);
            token.put("other", KeyFiles.secret("openssh-rsa").keyPair());
            token.answering(true);
            token.put("host", KeyFiles.secret("openssh-rsa").keyPair());

            await().until(() -> keys.keys().size() == 2);
        }
    }

    @Test
    void close_twiceAndChangesAfterwards_isQuiet() throws Exception {
        token.put("host", KeyFiles.secret("openssh-ed25519").keyPair());
        TokenSshKeys keys = TokenSshKeys.labelled(session, signer, List.of("host"));
        keys.close();
        keys.close();
        token.put("host", KeyFiles.secret("openssh-rsa").keyPair());

        assertThat(keys.keys()).hasSize(1);
    }
}
