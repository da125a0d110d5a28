package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.tests.SoftTokens;

/** What goes between two ends of ours and not between either and p11-kit's. */
@Timeout(120)
class OwnEndsTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    Path folder;

    private TokenModule tokens;
    private RemoteTokenServer server;
    private TokenModule remote;
    private Session session;

    @BeforeEach
    void serve() throws Exception {
        tokens = SoftTokens.inMemory();
        SoftTokens.make(tokens, "Served");
        server = RemoteTokenServer.builder()
                .module(tokens)
                .unixSocket(folder.resolve("server"))
                .start();
        remote = TokenModule.open("p11:" + server.addresses().get(0));
        session = remote.token("Served").open(Login.user(SoftTokens.PIN));
    }

    @AfterEach
    void stop() {
        session.close();
        remote.close();
        server.close();
        tokens.close();
    }

    @Test
    void encrypt_withChaCha20Poly1305_carriesNonceAndAdditionalData() throws TokenException {
        SecretKeyObject key = session.generateKey(
                Mechanism.CHACHA20_KEY_GEN,
                Template.label("chacha").with(Attribute.ENCRYPT, true).with(Attribute.DECRYPT, true));
        Mechanism sealed = poly1305(Bytes.of((byte) 7));
        byte[] box = session.encrypt(key, sealed, MESSAGE);
        assertThat(box).hasSize(MESSAGE.length + 16);
        assertThat(session.decrypt(key, sealed, box)).isEqualTo(MESSAGE);
        assertThatThrownBy(() -> session.decrypt(key, poly1305(Bytes.of((byte) 8)), box))
                .isInstanceOf(TokenException.class);
    }

    private static Mechanism poly1305(Bytes additionalData) {
        return new Mechanism(
                MechanismType.named("CKM_CHACHA20_POLY1305"),
                new MechanismParameters.Poly1305(Bytes.wrap(new byte[12]), additionalData));
    }

    @Test
    void sign_withAContext_isVerifiedWithThatContextOnly() throws TokenException {
        KeyPairObject pair =
                session.generateKeyPair(Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"), Template.label("context"));
        Mechanism mine = eddsa(Bytes.of((byte) 1));
        byte[] signature = session.sign(pair.privateKey(), mine, MESSAGE);
        assertThat(session.verify(pair.publicKey(), mine, MESSAGE, signature)).isTrue();
        assertThat(session.verify(pair.publicKey(), eddsa(Bytes.of((byte) 2)), MESSAGE, signature))
                .isFalse();
    }

    private static Mechanism eddsa(Bytes context) {
        return new Mechanism(Mechanism.EDDSA.type(), new MechanismParameters.EdDsa(false, context));
    }

    @Test
    void getAttributes_thatAreTemplates_readsWhatIsInThem() throws TokenException {
        Template wanted = Template.of(Attribute.KEY_TYPE, KeyType.AES).with(Attribute.EXTRACTABLE, true);
        SecretKeyObject key = session.generateKey(
                Mechanism.AES_KEY_GEN.bytes(32),
                Template.label("wraps").with(Attribute.WRAP, true).with(Attribute.WRAP_TEMPLATE, wanted));
        assertThat(session.getAttributes(key, Set.of(Attribute.WRAP_TEMPLATE, Attribute.LABEL))
                        .get(Attribute.WRAP_TEMPLATE))
                .isEqualTo(wanted);
    }
}
