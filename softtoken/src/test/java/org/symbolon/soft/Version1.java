package org.symbolon.soft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/**
 * Makes the database of schema version 1 that every later build must open: {@code
 * src/test/resources/org/symbolon/soft/v1.db}. It is made once; a change of this program does not change the file.
 */
final class Version1 {
    static final byte[] SECRET = new byte[32];
    static final String NOTE = "written by version 1";

    private Version1() {}

    public static void main(String[] arguments) throws TokenException, IOException, SQLException {
        Path database = Path.of(arguments[0]);
        Files.deleteIfExists(database);
        try (TokenModule module = TestTokens.open(database)) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                session.generateKeyPair(
                        Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                        Template.label("rsa").id(Bytes.of((byte) 1)));
                session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("p256"));
                session.generateKeyPair(Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"), Template.label("ed25519"));
                session.create(secret("aes", org.symbolon.KeyType.AES));
                session.create(secret("hmac", org.symbolon.KeyType.GENERIC_SECRET));
                session.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                        .onToken()
                        .and(Template.label("note"))
                        .with(Attribute.VALUE, Bytes.of(NOTE.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
                session.destroy(session.create(
                        Template.of(Attribute.CLASS, ObjectClass.DATA).onToken().and(Template.label("destroyed"))));
                session.setAttributes(
                        session.privateKey("p256"), Template.empty().id(Bytes.of((byte) 2)));
            }
        }
        try (RawDatabase raw = new RawDatabase(database)) {
            raw.run("PRAGMA journal_mode = DELETE");
        }
    }

    private static Template secret(String label, org.symbolon.KeyType type) {
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .onToken()
                .and(Template.label(label))
                .with(Attribute.KEY_TYPE, type)
                .with(Attribute.VALUE, Bytes.of(SECRET));
    }
}
