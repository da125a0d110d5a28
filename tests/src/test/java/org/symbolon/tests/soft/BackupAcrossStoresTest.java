package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.soft.BackupReport;
import org.symbolon.soft.SoftBackup;
import org.symbolon.tests.SoftTokens;

/** A token that moves from SQLite by a backup to PostgreSQL, and from there by a copy into memory. */
class BackupAcrossStoresTest {
    private static final Set<Attribute<?>> ALL = Set.copyOf(Attribute.all());
    private static final ModuleOptions QUICK =
            ModuleOptions.ofDefaults().withSetting("kdf", "argon2id,m=19456,t=2,p=1");
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    private Path folder;

    @Test
    void backup_restoredOnAnotherStoreAndCopiedToAThird_isTheSameObjectByObject() throws Exception {
        PostgresqlCluster cluster = PostgresqlCluster.shared();
        String sqlite = "soft:sqlite:" + folder.resolve("source.db");
        String server = "soft:postgresql://127.0.0.1:" + cluster.port() + "/postgres?schema=backups";
        String memory = "soft:memory:backups";
        ModuleOptions onServer = QUICK.withSetting("database-password", "file:" + cluster.passwordFile());
        try (TokenModule source = TokenModule.open(sqlite, QUICK);
                Session session = SoftTokens.newSession(source, "Team");
                TokenModule third = TokenModule.open(memory, QUICK)) {
            KeyPairObject pair = fill(session);
            Map<String, String> objects = objects(session);
            String serial = session.info().token().serialNumber();

            ByteArrayOutputStream file = new ByteArrayOutputStream();
            SoftBackup.of(sqlite, QUICK).write(serial, SoftTokens.PIN, passphrase(), file);
            BackupReport restored = SoftBackup.of(server, onServer)
                    .restore(new ByteArrayInputStream(file.toByteArray()), passphrase(), officerPin(), userPin());

            assertThat(restored.objects()).isEqualTo(objects.size());
            try (TokenModule second = TokenModule.open(server, onServer)) {
                assertSame(objects, pair, session, second);
            }

            SoftBackup.of(server, onServer)
                    .copy(serial, userPin(), SoftBackup.of(memory, QUICK), officerPin(), userPin());

            assertSame(objects, pair, session, third);
        }
    }

    private static void assertSame(
            Map<String, String> objects, KeyPairObject pair, Session original, TokenModule module)
            throws TokenException {
        try (Session session = module.token("Team").open(Login.user(userPin()))) {
            assertThat(objects(session)).isEqualTo(objects);
            byte[] signature = session.sign(session.privateKey("deploy"), Mechanism.ECDSA_SHA256, MESSAGE);
            assertThat(original.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isTrue();
        }
    }

    private static KeyPairObject fill(Session session) throws TokenException {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                Template.label("deploy").id(Bytes.of((byte) 7)));
        session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.ED25519), Template.label("host"));
        session.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.label("web"));
        session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), Template.label("data"));
        for (int i = 0; i < 300; i++) {
            session.create(Template.label("note " + i)
                    .with(Attribute.CLASS, ObjectClass.DATA)
                    .with(Attribute.TOKEN, true)
                    .with(Attribute.PRIVATE, i % 2 == 0)
                    .with(Attribute.VALUE, Bytes.of((byte) i)));
        }
        return pair;
    }

    /** Every attribute that may be read of every object, in its canonical encoding, by the object's unique id. */
    private static Map<String, String> objects(Session session) throws TokenException {
        Map<String, String> objects = new TreeMap<>();
        for (TokenObject object : session.findAll(ObjectQuery.all(), ALL)) {
            objects.put(
                    object.attributes().get(Attribute.UNIQUE_ID),
                    object.attributes().toBytes().toHex());
        }
        return objects;
    }

    private static Pin passphrase() {
        return Pin.of("correct horse battery".toCharArray());
    }

    private static Pin officerPin() {
        return Pin.of("another officer".toCharArray());
    }

    private static Pin userPin() {
        return Pin.of("another user".toCharArray());
    }
}
