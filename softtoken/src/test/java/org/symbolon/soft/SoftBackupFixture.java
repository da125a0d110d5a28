package org.symbolon.soft;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.archive.ArchiveKey;
import org.symbolon.soft.archive.ArchiveReader;
import org.symbolon.soft.archive.ArchivedObject;

/** A token in a database, and the database that it moves to. */
abstract class SoftBackupFixture {
    static final ModuleOptions QUICK = ModuleOptions.ofDefaults()
            .withSetting(SoftSettings.KDF, KdfParameters.floor().toString());

    @TempDir
    Path folder;

    String source;
    String target;
    TokenModule module;
    Session session;
    String serial;
    KeyPairObject deploy;

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

    static Pin passphrase() {
        return Pin.of("correct horse battery".toCharArray());
    }

    static Pin newSoPin() {
        return Pin.of("another-officer".toCharArray());
    }

    static Pin newUserPin() {
        return Pin.of("another-user".toCharArray());
    }

    byte[] backup() throws TokenException, IOException {
        return backup(source, TestTokens.userPin(), passphrase());
    }

    byte[] backup(String uri, Pin pin, Pin passphrase) throws TokenException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SoftBackup.of(uri, QUICK).write(serial, pin, passphrase, out);
        return out.toByteArray();
    }

    static BackupReport restore(byte[] backup, String uri) throws TokenException, IOException {
        return SoftBackup.of(uri, QUICK)
                .restore(new ByteArrayInputStream(backup), passphrase(), newSoPin(), newUserPin());
    }

    /** Every object of a backup, with its version and all its attributes in their canonical encoding. */
    static Map<UUID, String> objects(byte[] backup) throws IOException {
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
}
