package org.symbolon.tests.soft;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.config.SecretReference;
import org.symbolon.soft.Postgresql;
import org.symbolon.tests.SoftTokens;

/** A program that shares a token in PostgreSQL: listens, answers a key of the other's with one of its own, and writes on. */
final class PostgresqlOtherJvm {
    static final String READY = "ready";
    static final String CALL = "call";
    static final String ANSWER = "answer";
    static final int WRITES = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PostgresqlOtherJvm() {}

    /** Takes the port, the schema, the file of the password and the token's label. */
    public static void main(String[] arguments) throws Exception {
        Postgresql database = Postgresql.at("127.0.0.1", Integer.parseInt(arguments[0]), "postgres")
                .withSchema(arguments[1])
                .withPassword(SecretReference.parse("file:" + arguments[2]));
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (TokenModule module = PostgresqlNodesTest.open(database, PATIENCE);
                Session session = module.token(arguments[3]).open(Login.user(SoftTokens.PIN));
                ChangeSubscription feed = module.token(arguments[3]).changes(heard::add)) {
            await().atMost(PATIENCE).until(() -> feed != null && !heard.isEmpty()); // it listens
            heard.clear();
            System.out.println(READY);

            await().atMost(PATIENCE)
                    .until(() -> !heard.isEmpty()
                            && session.findAll(ObjectQuery.all().label(CALL)).size() == 1);
            session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label(ANSWER));
            for (int i = 0; i < WRITES; i++) {
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("theirs"));
            }
        }
    }
}
