package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.soft.store.DatabaseLocation;
import org.symbolon.spi.Request;

/** Objects that are changed many at once; the token's epoch counts what was committed. */
class SetManyTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path database;
    private TokenModule module;
    private Session session;

    @BeforeEach
    void openToken() throws Exception {
        database = folder.resolve("many.db");
        module = TestTokens.open(database);
        TestTokens.create(module);
        session = TestTokens.login(module);
    }

    @AfterEach
    void close() {
        session.close();
        module.close();
    }

    private static Template data(String label) {
        return Template.of(Attribute.CLASS, ObjectClass.DATA)
                .and(Template.label(label))
                .with(Attribute.VALUE, Bytes.of(new byte[10]));
    }

    private static Request.SetAttributes renamed(TokenObject object, String label) {
        return new Request.SetAttributes(object, Template.label(label));
    }

    private List<TokenObject> made(int count) throws Exception {
        List<TokenObject> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(session.create(data("old-" + i).onToken()));
        }
        return made;
    }

    private long epoch() throws Exception {
        OpenDatabase open = OpenDatabase.acquire(DatabaseLocation.file(database), Deadline.after(LONG));
        try {
            return open.database()
                    .read(Deadline.after(LONG), sql -> open.token(0).record(sql).epoch());
        } finally {
            open.release();
        }
    }

    @Test
    void performAll_ofChanges_isOneCommitAndEachIsSeenAfterwards() throws Exception {
        List<Request<?>> requests = new ArrayList<>();
        for (TokenObject object : made(40)) {
            requests.add(renamed(object, "new-" + requests.size()));
        }
        long before = epoch();

        List<Outcome<?>> outcomes = session.performAll(requests);

        assertThat(epoch()).isEqualTo(before + 1);
        assertThat(((TokenObject) outcomes.get(39).get()).label()).isEqualTo("new-39");
        session.close();
        module.close();
        module = TestTokens.open(database);
        session = TestTokens.login(module);
        assertThat(session.findAll(ObjectQuery.of(ObjectClass.DATA)))
                .hasSize(40)
                .allSatisfy(object -> assertThat(object.label()).startsWith("new-"));
        assertThat(session.findAll(ObjectQuery.all().label("old-7"))).isEmpty();
        assertThat(session.findAll(ObjectQuery.all().label("new-7"))).hasSize(1);
    }

    @Test
    void performAll_whenOneIsGone_changesTheOthers() throws Exception {
        List<TokenObject> objects = made(3);
        session.destroy(objects.get(1));

        List<Outcome<?>> outcomes = session.performAll(
                objects.stream().map(object -> renamed(object, "changed")).toList());

        assertThat(outcomes.get(0).failure()).isNull();
        assertThat(outcomes.get(1).failure()).isInstanceOf(ObjectNotFoundException.class);
        assertThat(session.findAll(ObjectQuery.all().label("changed"))).hasSize(2);
    }

    @Test
    void performAll_ofOneObjectTwiceAndOfASessionObject_changesInTurn() throws Exception {
        TokenObject onToken = made(1).get(0);
        TokenObject inSession = session.create(data("passing"));

        session.performAll(List.of(renamed(onToken, "first"), renamed(onToken, "second"), renamed(inSession, "third")));

        assertThat(session.findAll(ObjectQuery.of(ObjectClass.DATA)))
                .extracting(TokenObject::label)
                .containsExactlyInAnyOrder("second", "third");
    }
}
