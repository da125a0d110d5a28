package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.symbolon.tests.contract.DataObjects.CONTENT;
import static org.symbolon.tests.contract.DataObjects.data;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/** Objects: finding them, one or many, by what they are. */
abstract class FindContract extends Contract {
    FindContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void create_withOddLabels_findsEachByItsExactLabel() throws TokenException {
        List<String> labels = List.of(
                "it's \"quoted\"",
                "a/b\\c;d=e?f%41&g",
                "line\nbreak\r\ttab",
                "nul\0inside",
                "😀 emoji 👩‍💻",
                " space around ",
                "' OR 1=1 --",
                "%_*[a-z]",
                "\u00e9", // composed
                "e\u0301", // decomposed: another label
                "x".repeat(255));
        for (String label : labels) {
            session().create(data(label));
        }
        for (String label : labels) {
            assertThat(session().findAll(ObjectQuery.of(ObjectClass.DATA).label(label)))
                    .as(label)
                    .singleElement()
                    .satisfies(found -> assertThat(found.label()).isEqualTo(label));
        }
        assertThat(session().findAll(ObjectQuery.all().label("IT'S \"QUOTED\"")))
                .isEmpty();
        assertThat(session().findAll(ObjectQuery.all().label("nul"))).isEmpty();
        assertThat(session().findAll(ObjectQuery.all().label("%"))).isEmpty();
        for (String label : labels) {
            destroyAll(label);
        }
    }

    @Test
    void objects_ofOneToken_haveUniqueIds() throws TokenException {
        KeyPairObject pair = p256(session(), Template.label(unique("ids")));
        TokenObject copy = session().copy(pair.publicKey(), Template.label(unique("ids")));

        List<String> ids = new ArrayList<>();
        for (TokenObject object : List.of(pair.publicKey(), pair.privateKey(), copy)) {
            String id =
                    session().getAttributes(object, Set.of(Attribute.UNIQUE_ID)).get(Attribute.UNIQUE_ID);
            ids.add(id);
            assertThat(session().findAll(ObjectQuery.all().with(Attribute.UNIQUE_ID, id)))
                    .hasSize(1);
            assertThat(session().findAll(object.id().toQuery())).hasSize(1);
        }
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
        assertThat(pair.privateKey().id().tokenSerial())
                .isEqualTo(token().info().serialNumber());
    }

    @Test
    void find_byEveryAttributeGiven_matchesExactly() throws TokenException {
        String label = unique("match");
        Bytes id = Bytes.of((byte) 1, (byte) 2);
        session().create(data(label).with(Attribute.APPLICATION, "one"));
        session().create(data(label).with(Attribute.APPLICATION, "two"));
        p256(session(), Template.label(label).id(id));
        ObjectQuery labelled = ObjectQuery.all().label(label);

        assertThat(session().findAll(labelled)).hasSize(4);
        assertThat(session().findAll(labelled.with(Attribute.APPLICATION, "two")))
                .hasSize(1);
        assertThat(session().findAll(labelled.with(Attribute.APPLICATION, "three")))
                .isEmpty();
        assertThat(session().findAll(labelled.id(id))).hasSize(2);
        assertThat(session().findAll(labelled.id(Bytes.of((byte) 1))))
                .as("no prefix")
                .isEmpty();
        assertThat(session().findAll(labelled.id(Bytes.empty()))).isEmpty();
        assertThat(session().findAll(labelled.with(Attribute.VALUE, CONTENT))).hasSize(2);
        assertThat(session().findAll(labelled.with(Attribute.CLASS, ObjectClass.CERTIFICATE)))
                .isEmpty();
        assertThat(session().findAll(labelled.with(Attribute.SIGN, true)))
                .extracting(TokenObject::objectClass)
                .containsExactly(ObjectClass.PRIVATE_KEY);
        destroyAll(label);
    }

    @Test
    void find_withALimit_givesAtMostThatMany() throws TokenException {
        String label = unique("limit");
        for (int i = 0; i < 5; i++) {
            session().create(data(label));
        }
        ObjectQuery query = ObjectQuery.all().label(label);

        assertThat(session().findAll(query.limit(3))).hasSize(3);
        assertThat(session().findAll(query.limit(5))).hasSize(5);
        assertThat(session().findAll(query.limit(99))).hasSize(5);
        destroyAll(label);
    }

    @Test
    void find_moreObjectsThanACursorStep_walksThemAllOnce() throws TokenException {
        int count = 300;
        String application = unique("many");
        for (int i = 0; i < count; i++) {
            session().create(data("object " + i).with(Attribute.APPLICATION, application));
        }
        List<TokenObject> seen = new ArrayList<>();
        try (ObjectCursor cursor = session().find(ObjectQuery.all().with(Attribute.APPLICATION, application))) {
            for (List<TokenObject> part = cursor.next(7); !part.isEmpty(); part = cursor.next(7)) {
                assertThat(part).hasSizeLessThanOrEqualTo(7);
                seen.addAll(part);
            }
            assertThat(cursor.next(7)).isEmpty();
        }
        assertThat(seen).extracting(TokenObject::id).hasSize(count).doesNotHaveDuplicates();
        assertThat(seen).extracting(TokenObject::label).contains("object 0", "object 299");
    }

    @Test
    void find_whileObjectsComeAndGo_seesThoseThatStayed() throws TokenException {
        String application = unique("moving");
        List<TokenObject> made = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            made.add(session().create(data("object " + i).with(Attribute.APPLICATION, application)));
        }
        List<TokenObject> seen = new ArrayList<>();
        try (ObjectCursor cursor = session().find(ObjectQuery.all().with(Attribute.APPLICATION, application))) {
            seen.addAll(cursor.next(5));
            session().create(data("new").with(Attribute.APPLICATION, application));
            session().destroy(seen.get(0));
            for (List<TokenObject> part = cursor.next(5); !part.isEmpty(); part = cursor.next(5)) {
                seen.addAll(part);
            }
        }
        assertThat(seen).extracting(TokenObject::id).doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(TokenObject::label)
                .containsAll(made.stream().map(TokenObject::label).toList());
    }

    @Test
    void find_withACursorThatIsClosedEarly_letsOthersGoOn() throws TokenException {
        String application = unique("early");
        for (int i = 0; i < 5; i++) {
            session().create(data("object " + i).with(Attribute.APPLICATION, application));
        }
        ObjectQuery query = ObjectQuery.all().with(Attribute.APPLICATION, application);

        ObjectCursor abandoned = session().find(query);
        assertThat(abandoned.next(2)).hasSize(2);
        abandoned.close();
        abandoned.close();

        assertThat(session().findAll(query)).hasSize(5);
    }

    @Test
    void findOne_ofSeveral_isAmbiguous() throws TokenException {
        String label = unique("twins");
        p256(session(), Template.label(label));
        p256(session(), Template.label(label));

        assertThatThrownBy(() -> session().privateKey(label))
                .isInstanceOf(AmbiguousObjectException.class)
                .hasMessageContaining(label)
                .hasMessageContaining("Contract");
        assertRefused(ObjectNotFoundException.class, () -> session().privateKey("none"), "CKR_OBJECT_HANDLE_INVALID");
        assertThat(session().findOne(ObjectQuery.privateKeys().label("none"))).isEmpty();
    }

    @Test
    void find_wantedAttributes_areRead() throws TokenException {
        String label = unique("wanted");
        session().create(data(label).with(Attribute.APPLICATION, "app"));

        TokenObject found = session()
                .findAll(ObjectQuery.all().label(label), Set.of(Attribute.APPLICATION))
                .get(0);

        assertThat(found.attributes().get(Attribute.APPLICATION)).isEqualTo("app");
        assertThat(found.attributes().get(Attribute.LABEL)).isEqualTo(label);
        assertThat(found.attributes().get(Attribute.CLASS)).isEqualTo(ObjectClass.DATA);
    }

    @Test
    void find_inALoggedInSession_givesVerifiedObjects() throws TokenException {
        String label = unique("verified");
        KeyPairObject pair = p256(session(), Template.label(label));

        assertThat(pair.publicKey().verified()).isTrue();
        assertThat(session().findAll(ObjectQuery.all().label(label))).hasSize(2).allMatch(TokenObject::verified);
    }

    private void destroyAll(String label) throws TokenException {
        for (TokenObject object : session().findAll(ObjectQuery.all().label(label))) {
            session().destroy(object);
        }
    }
}
