package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;

/** What is changed behind the token's back is refused, and nothing else is harmed. */
class TamperTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    Path folder;

    private Path database;
    private RawDatabase raw;
    private TokenModule module;
    private Session session;
    private KeyPairObject victim;
    private KeyPairObject bystander;

    @BeforeEach
    void makeTwoKeyPairs() throws Exception {
        database = folder.resolve("tamper.db");
        module = TestTokens.open(database);
        TestTokens.create(module);
        session = TestTokens.login(module);
        victim = session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("victim"));
        bystander = session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("bystander"));
        raw = new RawDatabase(database);
    }

    @AfterEach
    void close() throws SQLException {
        raw.close();
        module.close();
    }

    private static String where(TokenObject object) {
        String uid = ((ObjectId.Unique) object.id()).uniqueId().replace("-", "");
        return "uid = x'" + uid + "'";
    }

    private void read(TokenObject object) throws TokenException {
        session.getAttributes(object, Set.of(Attribute.LABEL));
    }

    private int refuseEveryMutation(TokenObject object) throws Exception {
        Map<String, Object> row = raw.read("object", where(object));
        int mutations = 0;
        for (Map<String, Object> mutation : RawDatabase.mutations(row)) {
            // A row of another token is checked apart; the foreign key is not the attacker's.
            raw.run("DELETE FROM object WHERE " + where(object));
            raw.insert("object", mutation);
            assertThatThrownBy(() -> read(object))
                    .isInstanceOf(TokenProtocolException.class)
                    .hasMessageContaining("CKR_DEVICE_ERROR")
                    .hasMessageContaining(((ObjectId.Unique) object.id()).uniqueId());
            raw.run("DELETE FROM object WHERE uid = ?", mutation.get("uid"));
            raw.insert("object", row);
            mutations++;
        }
        read(object);
        return mutations;
    }

    @Test
    void read_everyByteOfPrivateRowFlipped_isRefused() throws Exception {
        assertThat(refuseEveryMutation(victim.privateKey())).isGreaterThan(500);
    }

    @Test
    void read_everyByteOfPublicRowFlipped_isRefused() throws Exception {
        assertThat(refuseEveryMutation(victim.publicKey())).isGreaterThan(500);
    }

    @Test
    void find_rowTampered_leavesItOutAndServesTheRest() throws Exception {
        raw.run("UPDATE object SET sealed = zeroblob(length(sealed)) WHERE " + where(victim.privateKey()));

        assertThat(session.findAll(ObjectQuery.privateKeys()))
                .extracting(TokenObject::label)
                .containsExactly("bystander");
        assertThat(session.sign(bystander.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasSize(64);
    }

    @Test
    void find_labelOfPublicRowEditedBySql_isFoundUnverifiedWithoutLoginAndRefusedWith() throws Exception {
        Map<String, Object> row = raw.read("object", where(victim.publicKey()));
        String clear = HexFormat.of().formatHex((byte[]) row.get("clear"));
        String edited = clear.replace(hex("victim"), hex("mallet"));
        assertThat(edited).isNotEqualTo(clear);
        raw.run(
                "UPDATE object SET clear = ? WHERE " + where(victim.publicKey()),
                HexFormat.of().parseHex(edited));

        try (Session open = module.token(TestTokens.LABEL).open(Login.none())) {
            assertThat(open.findAll(ObjectQuery.publicKeys()))
                    .extracting(TokenObject::label)
                    .contains("mallet");
            assertThat(open.findAll(ObjectQuery.publicKeys())).noneMatch(TokenObject::verified);
        }
        assertThat(session.findAll(ObjectQuery.publicKeys()))
                .extracting(TokenObject::label)
                .containsExactly("bystander");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void find_destroyedRowsPutBack_areRefused() throws Exception {
        Map<String, Object> row = raw.read("object", where(victim.publicKey()));
        List<Map<String, Object>> tags = raw.readAll("attribute_tag", where(victim.publicKey()));
        session.destroy(victim.publicKey());

        raw.insert("object", row);
        for (Map<String, Object> tag : tags) {
            raw.insert("attribute_tag", tag);
        }

        assertThat(session.findAll(ObjectQuery.publicKeys().label("victim"))).isEmpty();
        assertThatThrownBy(() -> read(victim.publicKey()))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("put back by hand");
        try (Session open = module.token(TestTokens.LABEL).open(Login.none())) {
            assertThat(open.findAll(ObjectQuery.publicKeys().label("victim")))
                    .as("the tags were put back too, so the row is found")
                    .hasSize(1)
                    .noneMatch(TokenObject::verified);
        }
    }

    @Test
    void read_oldVersionPutBack_isRefused() throws Exception {
        Map<String, Object> row = raw.read("object", where(victim.privateKey()));
        session.setAttributes(victim.privateKey(), Template.label("renamed"));

        raw.replace("object", where(victim.privateKey()), row);

        assertThatThrownBy(() -> read(victim.privateKey())).isInstanceOf(TokenProtocolException.class);
    }

    @Test
    void read_rowInserted_isRefused() throws Exception {
        Map<String, Object> row = new LinkedHashMap<>(raw.read("object", where(victim.publicKey())));
        row.put("uid", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        raw.insert("object", row);

        assertThat(session.findAll(ObjectQuery.publicKeys())).hasSize(2);
        ObjectId.Unique id =
                new ObjectId.Unique(session.info().token().serialNumber(), "01020304-0506-0708-090a-0b0c0d0e0f10");
        assertThatThrownBy(() -> read(
                        new org.symbolon.PublicKeyObject(id, victim.publicKey().attributes(), true)))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("inserted");
    }

    @Test
    void read_rowsSwapped_areRefused() throws Exception {
        Map<String, Object> first = raw.read("object", where(victim.privateKey()));
        Map<String, Object> second = raw.read("object", where(bystander.privateKey()));
        Object uid = first.get("uid");
        first.put("uid", second.get("uid"));
        second.put("uid", uid);
        raw.replace("object", where(victim.privateKey()), second);
        raw.replace("object", where(bystander.privateKey()), first);

        assertThatThrownBy(() -> read(victim.privateKey())).isInstanceOf(TokenProtocolException.class);
        assertThatThrownBy(() -> read(bystander.privateKey())).isInstanceOf(TokenProtocolException.class);
        read(victim.publicKey());
    }

    @Test
    void read_rowOfAnotherToken_isRefused() throws Exception {
        module.emptySlot().initialize("Other", TestTokens.soPin());
        raw.run("UPDATE object SET token = 1 WHERE " + where(victim.publicKey()));
        raw.run("UPDATE attribute_tag SET token = 1 WHERE " + where(victim.publicKey()));

        assertThatThrownBy(() -> read(victim.publicKey()))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("taken away");
        try (Session officer = module.token("Other").open(Login.securityOfficer(TestTokens.soPin()))) {
            assertThat(officer.findAll(ObjectQuery.all())).isEmpty();
        }
    }

    @Test
    void read_manifestNodeFlipped_isRefusedInNewProcessState() throws Exception {
        for (Map<String, Object> node : raw.readAll("manifest_node", "level < 4")) {
            byte[] content = ((byte[]) Objects.requireNonNull(node.get("content"))).clone();
            for (int i = 0; i < content.length; i++) {
                content[i] ^= 1;
            }
            raw.run(
                    "UPDATE manifest_node SET content = ? WHERE level = ? AND prefix = ?",
                    content,
                    node.get("level"),
                    node.get("prefix"));
        }
        module.close();
        module = TestTokens.open(database);
        session = TestTokens.login(module);

        assertThatThrownBy(() -> read(victim.privateKey()))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("manifest was tampered");
        assertThat(session.info().token().label()).isEqualTo(TestTokens.LABEL);
    }

    @Test
    void open_everyByteOfTokenRecordFlipped_isRefused() throws Exception {
        Map<String, Object> row = raw.read("token", "slot = 0");
        session.close();
        Map<String, Object> sampled = new LinkedHashMap<>(row);
        sampled.remove("slot");
        raw.run("PRAGMA foreign_keys = OFF");
        int mutations = 0;
        for (String column : sampled.keySet()) {
            Map<String, Object> only = Map.of(column, row.get(column));
            Map<String, Object> mutation = RawDatabase.mutations(only).get(0);
            raw.run("UPDATE token SET " + column + " = ? WHERE slot = 0", mutation.get(column));
            assertThatThrownBy(() -> module.tokens().get(0).open(Login.user(TestTokens.userPin())))
                    .as(column)
                    .isInstanceOf(TokenException.class);
            raw.run("UPDATE token SET " + column + " = ? WHERE slot = 0", row.get(column));
            raw.run("UPDATE key_slot SET failed_tries = 0");
            mutations++;
        }
        assertThat(mutations).isEqualTo(12);
        TestTokens.login(module).close();
    }

    @Test
    void open_oldKeySlotPutBack_isRefused() throws Exception {
        Map<String, Object> row = raw.read("key_slot", "role = 1");
        session.setPin(TestTokens.userPin(), TestTokens.wrongPin());
        raw.replace("key_slot", "role = 1", row);

        assertThatThrownBy(() -> TestTokens.login(module))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("key slots were tampered");
    }

    @Test
    void open_olderStatePutBackWhileOpen_isReported() throws Exception {
        Map<String, Object> token = raw.read("token", "slot = 0");
        session.setAttributes(victim.privateKey(), Template.label("later"));
        read(victim.privateKey());
        Map<String, Object> latest = raw.read("token", "slot = 0");
        raw.run(
                "UPDATE token SET epoch = ?, root = ?, signature = ?",
                token.get("epoch"),
                token.get("root"),
                token.get("signature"));
        try (LogCapture log = LogCapture.of(OpenToken.class)) {
            TestTokens.login(module).close();
            assertThat(log.messages()).anyMatch(message -> message.contains("went back from epoch"));
        }
        raw.run(
                "UPDATE token SET epoch = ?, root = ?, signature = ?",
                latest.get("epoch"),
                latest.get("root"),
                latest.get("signature"));
        read(victim.privateKey());
    }

    @Test
    void create_afterTampering_doesNotLaunderIt() throws Exception {
        Map<String, Object> row = new LinkedHashMap<>(raw.read("object", where(victim.publicKey())));
        row.put("uid", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        raw.insert("object", row);

        session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("later"));

        assertThat(session.findAll(ObjectQuery.publicKeys())).hasSize(2);
    }
}
