package org.symbolon.tests.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Login;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignature;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;

/** Every face shows the fake's token, though none of them knows it. */
class FakeBackendFacesTest {
    private static final byte[] MESSAGE = "fit the halves together".getBytes(StandardCharsets.UTF_8);

    private TokenModule module;
    private Session session;
    private PublicKey publicKey;

    @BeforeEach
    void open() throws Exception {
        module = TokenModule.open("fake:");
        session = module.token("Fake").open(Login.none());
        publicKey = PublicKeys.of(session.publicKey("fake"));
    }

    @AfterEach
    void close() {
        module.close();
    }

    @Test
    void jcaProvider_overTheFake_listsItsKeyAndSigns() throws Exception {
        try (SymbolonProvider provider = SymbolonProvider.of(session)) {
            KeyStore keys = KeyStore.getInstance(SymbolonProvider.NAME, provider);
            keys.load(null, null);
            assertThat(Collections.list(keys.aliases())).containsExactly("fake");

            Signature signer = Signature.getInstance("SHA256withECDSA", provider);
            signer.initSign((PrivateKey) keys.getKey("fake", null));
            signer.update(MESSAGE);
            byte[] signature = signer.sign();

            Signature verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
            verifier.initVerify(publicKey);
            verifier.update(MESSAGE);
            assertThat(verifier.verify(signature)).isTrue();
        }
    }

    @Test
    void authorizedKeys_overTheFake_findItsPublicKey() throws Exception {
        TokenAuthorizedKeys users = TokenAuthorizedKeys.builder(session)
                .lookup(TokenAuthorizedKeys.Lookup.BY_LABEL)
                .build();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        PublicKey another = generator.generateKeyPair().getPublic();

        assertThat(users.find("fake", SshPublicKey.of(publicKey))).isPresent();
        assertThat(users.find("alice", SshPublicKey.of(publicKey))).isEmpty();
        assertThat(users.find("fake", SshPublicKey.of(another))).isEmpty();
    }

    @Test
    void sshSigner_overTheFake_signsForSsh() throws Exception {
        TokenSshKey key = TokenSshKey.of(session, session.privateKey("fake"));

        SshSignature signature = new TokenSigner().sign(key.privateKey(), SshSignatureAlgorithm.ECDSA_P256, MESSAGE);

        assertThat(key.publicKey()).isEqualTo(SshPublicKey.of(publicKey));
        assertThat(signature.algorithm()).isEqualTo(SshSignatureAlgorithm.ECDSA_P256);
        key.test(new TokenSigner());
    }
}
