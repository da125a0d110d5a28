package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenPermissionException;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.soft.archive.ArchiveFormatException;

/** Backups for the owners of private keys, and tokens that allow no backup. */
class BackupRecipientsTest {
    private static final ModuleOptions QUICK = ModuleOptions.ofDefaults()
            .withSetting(SoftSettings.KDF, KdfParameters.floor().toString());
    private static final String SOURCE = "soft:memory:recipients-source";
    private static final String TARGET = "soft:memory:recipients-target";

    private TokenModule source;
    private TokenModule target;
    private Session session;

    @BeforeEach
    void makeToken() throws TokenException {
        source = TokenModule.open(SOURCE, QUICK);
        target = TokenModule.open(TARGET, QUICK);
        TestTokens.create(source);
        session = TestTokens.login(source);
        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy"));
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private static KeyPair pair(String kind) throws Exception {
        if (kind.startsWith("secp")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(kind));
            return generator.generateKeyPair();
        } else if (kind.startsWith("RSA")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(Integer.parseInt(kind.substring(4)));
            return generator.generateKeyPair();
        }
        return KeyPairGenerator.getInstance(kind).generateKeyPair();
    }

    private byte[] backup(PublicKey... recipients) throws TokenException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SoftBackup.of(SOURCE, QUICK)
                .write(session.info().token().serialNumber(), TestTokens.userPin(), List.of(recipients), out);
        return out.toByteArray();
    }

    private static BackupReport restore(byte[] backup, KeyPair... keys) throws TokenException, IOException {
        return SoftBackup.of(TARGET, QUICK)
                .restore(new ByteArrayInputStream(backup), List.of(keys), TestTokens.soPin(), TestTokens.userPin());
    }

    private void requireRestored() throws TokenException {
        try (Session restored = TestTokens.login(target)) {
            assertThat(restored.findAll(ObjectQuery.all().label("deploy"))).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-2048", "secp256r1", "secp384r1", "secp521r1", "X25519", "X448"})
    void backup_forARecipient_isRestoredWithHisKey(String kind) throws Exception {
        KeyPair recipient = pair(kind);
        byte[] backup = backup(recipient.getPublic());

        assertThat(restore(backup, pair("X25519"), recipient).objects()).isEqualTo(2);

        requireRestored();
        assertThat(new String(backup, StandardCharsets.ISO_8859_1)).doesNotContain("deploy");
    }

    @Test
    void backup_forSeveral_isRestoredByEach() throws Exception {
        KeyPair one = pair("RSA-2048");
        KeyPair other = pair("X25519");
        byte[] backup = backup(one.getPublic(), other.getPublic());
        restore(backup, other);
        requireRestored();
        target.close();
        target = TokenModule.open(TARGET, QUICK);
        restore(backup, one);
        requireRestored();
    }

    @Test
    void restore_ifOneKeyDoesNotOpenIt_triesTheNext() throws Exception {
        KeyPair recipient = pair("X25519");
        KeyPair other = pair("RSA-2048");
        KeyPair unusable = new KeyPair(recipient.getPublic(), pair("X25519").getPrivate());
        byte[] backup = backup(recipient.getPublic(), other.getPublic());

        assertThatThrownBy(() -> restore(backup, unusable))
                .isInstanceOf(ArchiveFormatException.class)
                .hasMessage("the backup's header is damaged");
        restore(backup, unusable, other);

        requireRestored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-256", "X25519"})
    void backup_isRestoredWithAKeyOfAnotherToken(String kind) throws Exception {
        try (TokenModule safe = TokenModule.open("soft:memory:recipients-safe", QUICK)) {
            TestTokens.create(safe);
            Session keys = TestTokens.login(safe);
            Mechanism generator = kind.equals("RSA")
                    ? Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048)
                    : Mechanism.keyPairGen(NamedCurve.of(kind).orElseThrow());
            Attribute<Boolean> use = kind.equals("RSA") ? Attribute.DECRYPT : Attribute.DERIVE;
            KeyPairObject made = keys.generateKeyPair(generator, Template.label("safe"), Template.of(use, true));
            PublicKey publicKey = PublicKeys.of(made.publicKey());

            restore(backup(publicKey), new KeyPair(publicKey, TokenPrivateKey.of(keys, made.privateKey(), publicKey)));

            requireRestored();
            assertThat(keys.findAll(ObjectQuery.secretKeys())).isEmpty();
        }
    }

    @Test
    void backup_forOthers_saysForWhom() throws Exception {
        KeyPair recipient = pair("X25519");
        byte[] backup = backup(recipient.getPublic());
        String fingerprint = org.symbolon.Bytes.wrap(org.symbolon.soft.seal.Sha256.digest(
                        recipient.getPublic().getEncoded()))
                .toHex();

        assertThatThrownBy(() -> restore(backup, pair("X25519")))
                .isInstanceOf(ArchiveFormatException.class)
                .hasMessageContaining("give the private key of one")
                .hasMessageContaining(fingerprint);
        Pin passphrase = Pin.of("correct horse battery".toCharArray());
        assertThatThrownBy(() -> SoftBackup.of(TARGET, QUICK)
                        .restore(
                                new ByteArrayInputStream(backup), passphrase, TestTokens.soPin(), TestTokens.userPin()))
                .isInstanceOf(ArchiveFormatException.class)
                .hasMessageContaining(fingerprint);
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        SoftBackup.of(SOURCE, QUICK)
                .write(session.info().token().serialNumber(), TestTokens.userPin(), passphrase, other);
        assertThatThrownBy(() -> restore(other.toByteArray(), recipient))
                .hasMessageContaining("under a passphrase and not for recipients");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-2048", "X25519", "secp256r1"})
    void backup_changedOrCutAnywhereInItsHeader_isRefused(String kind) throws Exception {
        KeyPair recipient = pair(kind);
        byte[] backup = backup(recipient.getPublic());
        int header = 16
                + 2
                + 2
                + 32
                + 2
                + (kind.startsWith("RSA") ? 256 : 2 + recipient.getPublic().getEncoded().length + 60)
                + 32;
        for (int i = 0; i < header; i++) {
            byte[] changed = backup.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> restore(changed, recipient))
                    .as("byte %d", i)
                    .isInstanceOf(ArchiveFormatException.class);
            byte[] cut = Arrays.copyOf(backup, i);
            assertThatThrownBy(() -> restore(cut, recipient)).isInstanceOf(ArchiveFormatException.class);
        }
        assertThat(target.tokens()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "RSA-1024", "DSA"})
    void backup_forAKeyThatDoesNotDo_isRefused(String kind) throws Exception {
        PublicKey key = pair(kind).getPublic();
        assertThatThrownBy(() -> backup(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(this::backup)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64");
    }

    // ---- tokens that allow none

    private void allowBackups(String value) throws TokenException {
        SoftAdministration administration =
                SoftAdministration.of(SOURCE, QUICK, session.info().token().serialNumber());
        administration.setPolicy(TestTokens.soPin(), administration.policy().with("backups", value));
    }

    @Test
    void policy_withoutBackups_refusesThemUntilTheOfficerAllowsThem() throws Exception {
        KeyPair recipient = pair("X25519");
        allowBackups("false");

        assertThatThrownBy(() -> backup(recipient.getPublic()))
                .isInstanceOf(TokenPermissionException.class)
                .hasMessageContaining("CKR_ACTION_PROHIBITED")
                .hasMessageContaining("token policy set backups=true");
        assertThatThrownBy(() -> SoftBackup.of(SOURCE, QUICK)
                        .copy(
                                session.info().token().serialNumber(),
                                TestTokens.userPin(),
                                SoftBackup.of(TARGET, QUICK),
                                TestTokens.soPin(),
                                TestTokens.userPin()))
                .isInstanceOf(TokenPermissionException.class);
        assertThat(target.tokens()).isEmpty();

        allowBackups("true");
        assertThat(backup(recipient.getPublic())).isNotEmpty();
    }

    @Test
    void policy_withoutBackups_leavesKeysUsable() throws Exception {
        allowBackups("false");
        try (Session user = source.token(TestTokens.LABEL).open(Login.user(TestTokens.userPin()))) {
            assertThat(user.sign(user.privateKey("deploy"), Mechanism.ECDSA_SHA256, new byte[1]))
                    .hasSize(64);
        }
    }
}
