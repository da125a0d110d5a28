package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;

/** What somebody with an SQL tool does to the schema, to the counters and to rows that no object has. */
class TamperedDatabaseTest {
    private static final String TRIGGER = "CREATE TRIGGER sly AFTER UPDATE ON token BEGIN DELETE FROM object; END";

    @TempDir
    Path folder;

    private Path database;
    private RawDatabase raw;
    private TokenModule module;
    private Session session;

    @BeforeEach
    void makeOneKey() throws Exception {
        database = folder.resolve("tampered.db");
        module = TestTokens.builder().sqlite(database).pinTries(2).open();
        TestTokens.create(module);
        session = TestTokens.login(module);
        session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("key"));
        raw = new RawDatabase(database);
    }

    @AfterEach
    void close() throws SQLException {
        raw.close();
        module.close();
    }

    private void refuse(String detail) {
        assertThatThrownBy(() -> session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("new")))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("was tampered with: it has the " + detail);
        assertThatThrownBy(() -> session.findAll(ObjectQuery.all()))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining(detail);
    }

    @Test
    void write_triggerInSchema_isRefused() throws Exception {
        raw.run(TRIGGER);

        refuse("trigger sly on token");
    }

    @Test
    void write_viewInPlaceOfTable_isRefused() throws Exception {
        raw.run("ALTER TABLE object RENAME TO hidden");
        raw.run("CREATE VIEW object AS SELECT * FROM hidden WHERE visibility = 0");

        assertThatThrownBy(() -> session.findAll(ObjectQuery.all()))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("the schema of the database");
    }

    @Test
    void open_triggerInSchema_isRefused() throws Exception {
        module.close();
        raw.run(TRIGGER);

        assertThatThrownBy(() -> TestTokens.open(database).slots())
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("trigger sly on token");
    }

    @Test
    void find_manyMalformedUids_endsWithTheObjects() throws Exception {
        Map<String, Object> row = raw.read("object", "1 = 1");
        for (int i = 0; i < 20; i++) {
            row.put("uid", "zz" + i);
            raw.insert("object", row);
            row.put("uid", new byte[] {-1, (byte) i});
            raw.insert("object", row);
        }

        assertThat(session.findAll(ObjectQuery.all()))
                .extracting(TokenObject::label)
                .containsExactly("key");
    }

    @Test
    void find_rowTooLong_leavesOutThatRowOnly() throws Exception {
        session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("other"));
        raw.run("UPDATE object SET sealed = zeroblob(20000000) WHERE rowid = (SELECT min(rowid) FROM object)");

        assertThat(session.findAll(ObjectQuery.all()))
                .extracting(TokenObject::label)
                .containsExactly("other");
    }

    @Test
    void open_afterAnalyze_isAsBefore() throws Exception {
        raw.run("ANALYZE");

        assertThat(session.findAll(ObjectQuery.all()))
                .extracting(TokenObject::label)
                .containsExactly("key");
    }

    @Test
    void open_triesThatNeverExpire_doNotLock() throws Exception {
        raw.run("INSERT INTO pin_try (token, role, nonce, expires) VALUES (0, 1, x'00', 9000000000000000)");
        raw.run("INSERT INTO pin_try (token, role, nonce, expires) VALUES (0, 1, x'01', 9000000000000000)");

        TestTokens.login(module).close();

        assertThat(raw.readAll("pin_try", "1 = 1")).isEmpty();
    }

    @Test
    void setPin_byLaxerModule_keepsTriesAndWork() throws Exception {
        Path strict = folder.resolve("strict.db");
        KdfParameters strong = KdfParameters.argon2id(20_000, 3, 1);
        try (TokenModule careful =
                TestTokens.builder().kdf(strong).sqlite(strict).pinTries(3).open()) {
            careful.emptySlot().initialize(TestTokens.LABEL, TestTokens.soPin());
        }
        try (TokenModule lax = TestTokens.builder().sqlite(strict).pinTries(99).open();
                RawDatabase rows = new RawDatabase(strict)) {
            try (Session officer = lax.token(TestTokens.LABEL).open(Login.securityOfficer(TestTokens.soPin()))) {
                officer.initPin(TestTokens.userPin());
                officer.setPin(TestTokens.soPin(), Pin.of("officer-2".toCharArray()));
            }

            assertThat(rows.read("key_slot", "role = 1").get("kdf")).isEqualTo(strong.toString());
            assertThat(rows.readAll("key_slot", "max_tries = 3 AND kdf = '" + strong + "'"))
                    .hasSize(2);
        }
    }

    @Test
    void find_databasePutBack_warns() throws Exception {
        Map<String, Object> before = raw.read("token", "1 = 1");
        session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("later"));
        session.findAll(ObjectQuery.all());
        raw.run(
                "UPDATE token SET epoch = ?, root = ?, signature = ?",
                before.get("epoch"),
                before.get("root"),
                before.get("signature"));

        try (LogCapture log = LogCapture.of(OpenToken.class)) {
            session.findAll(ObjectQuery.all());

            assertThat(log.messages()).anyMatch(message -> message.contains("went back from epoch"));
        }
    }
}
