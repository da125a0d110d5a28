package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;

/** The setting engine: whatever does the work, the result is the same. */
class EngineSettingTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"auto", "java", "accp", "jdk", "bc"})
    void keys_byEachEngine_signAndEncryptAlike(String engine) throws Exception {
        ModuleOptions options =
                ModuleOptions.ofDefaults().withSetting("engine", engine).withSetting("kdf", "argon2id,m=19456,t=2,p=1");
        try (TokenModule module = TokenModule.open("soft:sqlite:" + directory.resolve("t.db"), options);
                Pin pin = Pin.of("user-pin".toCharArray())) {
            Token token = module.emptySlot().initialize("Team", pin);
            try (Session officer = token.open(Login.securityOfficer(pin))) {
                officer.initPin(pin);
            }
            try (Session session = token.open(Login.user(pin))) {
                signs(session, Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Mechanism.SHA256_RSA_PKCS);
                signs(session, Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Mechanism.RSA_PKCS);
                signs(session, Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Mechanism.ECDSA_SHA256);
                signs(session, Mechanism.EC_KEY_PAIR_GEN.curve("P-384"), Mechanism.ECDSA);
                signs(session, Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"), Mechanism.EDDSA);
                encrypts(session);
            }
        }
    }

    private static void signs(Session session, Mechanism generator, Mechanism mechanism) throws Exception {
        KeyPairObject pair = session.generateKeyPair(generator, Template.label("k"));
        byte[] signature = session.sign(pair.privateKey(), mechanism, MESSAGE);
        assertThat(session.verify(pair.publicKey(), mechanism, MESSAGE, signature))
                .isTrue();
    }

    /** One Cipher of ACCP 2.5.0 goes wrong when the length of its IVs changes. */
    private static void encrypts(Session session) throws Exception {
        SecretKeyObject key = session.generateKey(
                Mechanism.AES_KEY_GEN.bytes(16),
                Template.label("aes")
                        .with(org.symbolon.Attribute.ENCRYPT, true)
                        .with(org.symbolon.Attribute.DECRYPT, true));
        for (int ivBytes : new int[] {12, 12, 12, 16, 12, 8, 12, 13}) {
            byte[] iv = session.random(ivBytes);
            Mechanism gcm = Mechanism.AES_GCM.iv(Bytes.wrap(iv));
            assertThat(session.decrypt(key, gcm, session.encrypt(key, gcm, MESSAGE)))
                    .isEqualTo(MESSAGE);
        }
    }

    @Test
    void engine_thatIsNone_isRefused() {
        ModuleOptions options = ModuleOptions.ofDefaults().withSetting("engine", "fast");

        assertThatThrownBy(() -> TokenModule.open("soft:memory", options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not fast");
    }
}
