package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.archive.ArchiveFormatException;
import org.symbolon.soft.archive.ArchiveKey;
import org.symbolon.soft.archive.ArchiveReader;
import org.symbolon.soft.archive.ArchivedObject;

/** A token that moved is the token that was, on whatever store, or nothing is there. */
class SoftBackupTest {
    private static final ModuleOptions QUICK = ModuleOptions.ofDefaults()
            .withSetting(SoftSettings.KDF, KdfParameters.floor().toString());
    private static final Set<Attribute<?>> ALL = Set.copyOf(Attribute.all());
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    Path folder;

    private String source;
    private String target;
    private TokenModule module;
    private Session session;
    private String serial;
    private KeyPairObject deploy;

    @BeforeEach
    void makeToken() throws TokenException {
        source = "soft:sqlite:" + folder.resolve("source.db");
        target = "soft:sqlite:" + folder.resolve("target.db");
        module = TokenModule.open(source, QUICK);
        TestTokens.create(module);
        session = TestTokens.login(module);
        serial = session.info().token().serialNumber();
        deploy = session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                Template.label("deploy").id(Bytes.of((byte) 1)));
    }

    @AfterEach
    void close() {
        session.close();
        module.close();
    }

    private static Pin passphrase() {
        return Pin.of("correct horse battery".toCharArray());
    }

    private static Pin newSoPin() {
        return Pin.of("another-officer".toCharArray());
    }

    private static Pin newUserPin() {
        return Pin.of("another-user".toCharArray());
    }

    private byte[] backup() throws TokenException, IOException {
        return backup(source, TestTokens.userPin(), passphrase());
    }

    private byte[] backup(String uri, Pin pin, Pin passphrase) throws TokenException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SoftBackup.of(uri, QUICK).write(serial, pin, passphrase, out);
        return out.toByteArray();
    }

    private static BackupReport restore(byte[] backup, String uri) throws TokenException, IOException {
        return SoftBackup.of(uri, QUICK)
                .restore(new ByteArrayInputStream(backup), passphrase(), newSoPin(), newUserPin());
    }

    /** Every object of a backup, with its version and all its attributes in their canonical encoding. */
    private static Map<UUID, String> objects(byte[] backup) throws IOException {
        Map<UUID, String> objects = new TreeMap<>();
        try (ArchiveReader reader =
                ArchiveReader.open(new ByteArrayInputStream(backup), new ArchiveKey.Passphrase(passphrase()))) {
            for (Optional<ArchivedObject> next = reader.next(); next.isPresent(); next = reader.next()) {
                ArchivedObject object = next.get();
                objects.put(
                        object.uid(),
                        object.version() + " " + object.attributes().toBytes().toHex());
            }
        }
        return objects;
    }

    private static List<Bytes> visible(Session session) throws TokenException {
        List<Bytes> all = new ArrayList<>();
        for (var object : session.findAll(ObjectQuery.all(), ALL)) {
            all.add(object.attributes().toBytes());
        }
        return all;
    }

    private static boolean isEmpty(String uri) throws TokenException {
        try (TokenModule opened = TokenModule.open(uri, QUICK)) {
            return opened.tokens().isEmpty();
        }
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
    void copy_withinOneDatabase_isRefused() {
        SoftBackup here = SoftBackup.of(source, QUICK);

        assertThatThrownBy(() -> here.copy(serial, TestTokens.userPin(), here, newSoPin(), newUserPin()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to another database");
    }

    @Test
    void backup_withAnotherPin_isRefusedAndCounted() throws Exception {
        assertThatThrownBy(() -> backup(source, TestTokens.wrongPin(), passphrase()))
                .isInstanceOf(TokenAuthenticationException.class)
                .hasMessageContaining("9 tries are left");
        assertThatThrownBy(() -> backup(source, TestTokens.soPin(), passphrase()))
                .isInstanceOf(TokenAuthenticationException.class)
                .hasMessageContaining("8 tries are left");
    }

    @Test
    void backup_underAShortPassphrase_isRefused() {
        assertThatThrownBy(() -> backup(source, TestTokens.userPin(), Pin.of("elevenbytes".toCharArray())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 12 bytes");
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

    @Test
    void backup_ofATokenWithADamagedObject_isRefusedOrLeavesItOut() throws Exception {
        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("bystander"));
        String uid = ((ObjectId.Unique) deploy.privateKey().id()).uniqueId();
        try (RawDatabase raw = new RawDatabase(folder.resolve("source.db"))) {
            raw.run("UPDATE object SET version = 7 WHERE uid = x'" + uid.replace("-", "") + "'");
        }

        assertThatThrownBy(this::backup)
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("the object " + uid + " was tampered with");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupReport report =
                SoftBackup.of(source, QUICK).withoutDamaged().write(serial, TestTokens.userPin(), passphrase(), out);
        assertThat(report.objects()).isEqualTo(3);
        assertThat(report.leftOut()).singleElement().asString().contains(uid);
        assertThat(objects(out.toByteArray())).hasSize(3).doesNotContainKey(UUID.fromString(uid));
    }

    @Test
    void backup_ofATokenWithARowTakenAway_isRefused() throws Exception {
        String uid = ((ObjectId.Unique) deploy.publicKey().id()).uniqueId();
        try (RawDatabase raw = new RawDatabase(folder.resolve("source.db"))) {
            raw.run("DELETE FROM object WHERE uid = x'" + uid.replace("-", "") + "'");
        }

        assertThatThrownBy(this::backup)
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("1 of the 2 objects are missing");
    }

    @Test
    void restore_withAnotherPassphrase_isRefused() throws Exception {
        byte[] backup = backup(source, TestTokens.userPin(), Pin.of("another passphrase".toCharArray()));

        assertThatThrownBy(() -> restore(backup, target))
                .isInstanceOf(ArchiveFormatException.class)
                .hasMessage("the passphrase is wrong, or the backup's header is damaged");
        assertThat(isEmpty(target)).isTrue();
    }

    @Test
    void restore_ofAFileDamagedAnywhere_writesNothing() throws Exception {
        for (int i = 0; i < 8; i++) {
            session.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                    .with(Attribute.TOKEN, true)
                    .with(Attribute.VALUE, Bytes.wrap(new byte[30_000])));
        }
        byte[] backup = backup();
        assertThat(backup.length).isGreaterThan(3 * 65_536);
        List<byte[]> damaged = new ArrayList<>();
        for (int at = 0; at < backup.length; at += at < 200 ? 13 : 24_989) {
            byte[] changed = backup.clone();
            changed[at] ^= 1;
            damaged.add(changed);
            damaged.add(Arrays.copyOf(backup, at));
        }
        damaged.add(Arrays.copyOf(backup, backup.length - 1));
        damaged.add(Arrays.copyOf(backup, backup.length + 1));
        for (byte[] file : damaged) {
            assertThatThrownBy(() -> restore(file, target)).isInstanceOf(ArchiveFormatException.class);
        }
        assertThat(isEmpty(target)).isTrue();

        assertThat(restore(backup, target).objects()).isEqualTo(10);
    }

    @Test
    void restore_fromAFileThatFails_writesNothing() throws Exception {
        byte[] backup = backup();
        InputStream failing = new SequenceInputStream(
                new ByteArrayInputStream(backup, 0, backup.length - 20),
                new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("the disk is gone");
                    }
                });

        assertThatThrownBy(() -> SoftBackup.of(target, QUICK).restore(failing, passphrase(), newSoPin(), newUserPin()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk is gone");
        assertThat(isEmpty(target)).isTrue();
    }

    @Test
    void backup_toAFullDisk_saysSo() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> SoftBackup.of(source, QUICK).write(serial, TestTokens.userPin(), passphrase(), full))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    @Test
    void header_askingForTooMuchWork_isRefusedBeforeAnyIsDone() throws Exception {
        byte[] backup = backup();
        byte[] greedy = new String(backup, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("m=19456,t=2,p=1", "m=9999999,t=2,p")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> restore(greedy, target))
                .isInstanceOf(ArchiveFormatException.class)
                .hasMessageContaining("the backup's header");
    }
}
