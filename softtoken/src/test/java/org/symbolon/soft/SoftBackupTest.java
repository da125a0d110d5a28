package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenOperationException;

/** A token that moved is the token that was, on whatever store. */
class SoftBackupTest extends SoftBackupFixture {
    private static final Set<Attribute<?>> ALL = Set.copyOf(Attribute.all());
    private static final byte[] MESSAGE = {1, 2, 3};

    private static List<Bytes> visible(Session session) throws TokenException {
        List<Bytes> all = new ArrayList<>();
        for (var object : session.findAll(ObjectQuery.all(), ALL)) {
            all.add(object.attributes().toBytes());
        }
        return all;
    }

    private void fillWithEveryKindOfObject() throws TokenException {
        LocalDate start = LocalDate.of(2026, 1, 2);
        session.generateKey(
                Mechanism.AES_KEY_GEN.bytes(32),
                Template.label("dated")
                        .with(Attribute.START_DATE, start)
                        .with(Attribute.END_DATE, start.plusYears(1))
                        .with(Attribute.EXTRACTABLE, true)
                        .with(
                                Attribute.WRAP_TEMPLATE,
                                Template.of(Attribute.KEY_TYPE, org.symbolon.KeyType.AES)
                                        .with(Attribute.EXTRACTABLE, true)));
        session.generateKeyPair(Mechanism.keyPairGen(org.symbolon.NamedCurve.ED448), Template.label("ed"));
        session.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.label("rsa"));
        for (int i = 0; i < 600; i++) {
            session.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                    .with(Attribute.TOKEN, true)
                    .with(Attribute.LABEL, "data " + i)
                    .with(Attribute.PRIVATE, i % 2 == 0)
                    .with(Attribute.VALUE, Bytes.wrap(new byte[i])));
        }
        session.setAttributes(deploy.privateKey(), Template.label("renamed"));
    }

    @Test
    void restore_onAnotherStore_bringsEveryAttributeOfEveryObject() throws Exception {
        fillWithEveryKindOfObject();
        List<Bytes> before = visible(session);
        byte[] backup = backup();
        String memory = "soft:memory:" + folder.getFileName();
        try (TokenModule other = TokenModule.open(memory, QUICK)) {
            BackupReport report = restore(backup, memory);

            assertThat(report.objects()).isEqualTo(607);
            assertThat(report.serialNumber()).isEqualTo(serial);
            Session restored = other.token(TestTokens.LABEL).open(Login.user(newUserPin()));
            assertThat(visible(restored)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(objects(backup(memory, newUserPin(), passphrase())))
                    .hasSize(607)
                    .isEqualTo(objects(backup));
            var key = restored.privateKey("renamed");
            Attributes history = restored.getAttributes(key, ALL);
            assertThat(history.isTrue(Attribute.LOCAL)).isTrue();
            assertThat(history.isTrue(Attribute.NEVER_EXTRACTABLE)).isTrue();
            byte[] signature = restored.sign(key, Mechanism.ECDSA_SHA256, MESSAGE);
            assertThat(session.verify(deploy.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isTrue();
            assertThat(restored.findOne(ObjectQuery.all().label("data 7"))).isPresent();
            restored.setAttributes(key, Template.label("again"));
            assertThat(restored.privateKey("again").id()).isEqualTo(key.id());
        }
    }

    @Test
    void restore_ofATokenThatIsThere_wantsANewSerialNumber() throws Exception {
        byte[] backup = backup();

        assertThatThrownBy(() -> restore(backup, source))
                .isInstanceOf(TokenOperationException.class)
                .hasMessageContaining("is in " + folder.resolve("source.db") + " already");
        BackupReport report = SoftBackup.of(source, QUICK)
                .newSerialNumber()
                .restore(new ByteArrayInputStream(backup), passphrase(), newSoPin(), newUserPin());

        assertThat(report.serialNumber()).isNotEqualTo(serial);
        assertThat(module.tokens()).hasSize(2);
        try (Session restored = module.tokens().get(1).open(Login.user(newUserPin()))) {
            assertThat(restored.privateKey("deploy").id())
                    .isEqualTo(new ObjectId.Unique(
                            report.serialNumber(),
                            ((ObjectId.Unique) deploy.privateKey().id()).uniqueId()));
        }
    }

    @Test
    void copy_toAnotherStore_isTheSameToken() throws Exception {
        fillWithEveryKindOfObject();
        List<Long> heard = new ArrayList<>();

        BackupReport report = SoftBackup.of(source, QUICK)
                .copy(
                        serial,
                        TestTokens.userPin(),
                        SoftBackup.of(target, QUICK).progress((done, all) -> {
                            assertThat(all).isEqualTo(607);
                            heard.add(done);
                        }),
                        newSoPin(),
                        newUserPin());

        assertThat(report.objects()).isEqualTo(607);
        assertThat(heard).hasSize(607).endsWith(607L);
        assertThat(objects(backup(target, newUserPin(), passphrase()))).isEqualTo(objects(backup()));
    }

    @Test
    void restore_ofATokenWhoseOfficerSigns_makesOneOfThatKind() throws Exception {
        String signed = "soft:sqlite:" + folder.resolve("signed.db");
        ByteArrayOutputStream backup = new ByteArrayOutputStream();
        String name;
        try (TokenModule signing = TokenModule.open(signed, QUICK.withSetting("security-officer", "signs"))) {
            name = TestTokens.createSigned(signing).info().serialNumber();
            SoftBackup.of(signed, QUICK).write(name, TestTokens.userPin(), passphrase(), backup);
        }

        restore(backup.toByteArray(), target);

        SoftAdministration restored = SoftAdministration.of(target, QUICK, name);
        assertThat(restored.officerDecrypts()).isFalse();
        assertThatThrownBy(() -> restored.addRecoveryCode(Login.securityOfficer(newSoPin())))
                .hasMessageContaining("cannot decrypt");
        restored.addRecoveryCode(Login.user(newUserPin())).close();
    }

    @Test
    void restore_ofATokenWithAPolicy_keepsItAndHoldsTheNewPinsToIt() throws Exception {
        TokenPolicy policy =
                TokenPolicy.ofDefaults().with("min-pin-length", "11").with("objects", "strict");
        SoftAdministration.of(source, QUICK, serial).setPolicy(TestTokens.soPin(), policy);
        byte[] backup = backup();

        restore(backup, target);

        assertThat(SoftAdministration.of(target, QUICK, serial).policy()).isEqualTo(policy);
        assertThatThrownBy(() -> SoftBackup.of("soft:memory:" + folder.getFileName(), QUICK)
                        .restore(
                                new ByteArrayInputStream(backup),
                                passphrase(),
                                newSoPin(),
                                Pin.of("0123456789".toCharArray())))
                .hasMessageContaining("CKR_PIN_LEN_RANGE");
    }

    @Test
    void backup_ofAToken_isLogged() throws Exception {
        try (LogCapture log = LogCapture.of(SoftBackup.class)) {
            backup();

            assertThat(log.messages())
                    .containsExactly("the token \"Team\" (" + serial
                            + ") was backed up by its user: 2 objects, private keys among them");
        }
    }
}
