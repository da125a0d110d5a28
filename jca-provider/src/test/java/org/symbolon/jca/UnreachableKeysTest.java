package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.ObjectQuery;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.key.TokenSecretKey;

/** Session objects that engines made are destroyed when no Java key stands for them any more, and nothing else is. */
class UnreachableKeysTest {
    private SoftTokenFixture token;

    @BeforeEach
    void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterEach
    void close() {
        token.close();
    }

    private int objects() throws Exception {
        return token.session().findAll(ObjectQuery.all()).size();
    }

    private void awaitObjects(int expected) {
        await().pollInSameThread().until(() -> {
            System.gc();
            return objects() == expected;
        });
    }

    @Test
    void keysOfEveryEngine_thatNobodyHas_areDestroyed() throws Exception {
        makeAndForget();

        awaitObjects(0);
    }

    /** Makes keys in a frame of its own, so that nothing on the stack holds them. */
    private void makeAndForget() throws Exception {
        int before = objects();
        SecretKey aes = token.generated("AES", 256);
        SecretKeyFactory factory = SecretKeyFactory.getInstance("AES", token.provider());
        SecretKey imported = factory.translateKey(SoftTokenFixture.soft("AES", SoftTokenFixture.bytes(16)));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", token.provider());
        agreement.init(token.ec("secp256r1").getPrivate());
        agreement.doPhase(TestKeys.pair("P-256").getPublic(), true);
        SecretKey agreed = agreement.generateSecret("AES");
        assertThat(List.of(aes, imported, agreed)).hasOnlyElementsOfType(TokenSecretKey.class);
        assertThat(objects() - before).isEqualTo(5);
    }

    @Test
    void keysThatSomebodyHas_stayAndWork() throws Exception {
        List<TokenPrivateKey> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add((TokenPrivateKey) token.ec("secp256r1").getPrivate());
            token.ec("secp256r1");
        }

        awaitObjects(6);

        for (TokenPrivateKey key : held) {
            Signature signature = Signature.getInstance("SHA256withECDSA", token.provider());
            signature.initSign(key);
            assertThat(signature.sign()).isNotEmpty();
        }
        assertThat(objects()).isEqualTo(6);
    }

    @Test
    void keysOfTheToken_stayWithoutAJavaKey() throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC", token.provider());
        pairs.initialize(TokenKeyGenParameterSpec.label("pair"));
        pairs.generateKeyPair();
        KeyGenerator keys = KeyGenerator.getInstance("AES", token.provider());
        keys.init(TokenKeyGenParameterSpec.label("key"));
        keys.generateKey();
        makeAndForget();

        awaitObjects(3);
    }

    @Test
    void sessionsThatAreClosed_areNoTrouble() throws Exception {
        try (SoftTokenFixture other = new SoftTokenFixture()) {
            other.generated("AES", 128);
        }
        token.generated("AES", 128);

        awaitObjects(0);
    }
}
