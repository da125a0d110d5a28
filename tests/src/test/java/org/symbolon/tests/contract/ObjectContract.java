package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenPermissionException;

/** Objects: making, finding, copying, changing and destroying them. */
abstract class ObjectContract extends Contract {
    private static final Bytes CONTENT = Bytes.wrap("content".getBytes(StandardCharsets.UTF_8));

    ObjectContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void create_dataOnTheToken_isThereForLaterSessions() throws TokenException {
        String label = unique("data");
        TokenObject made = session().create(data(label));

        try (Session later = user(token())) {
            TokenObject found = later.require(ObjectQuery.of(ObjectClass.DATA).label(label));
            assertThat(found.id()).isEqualTo(made.id());
            assertThat(found.label()).isEqualTo(label);
            Attributes all = later.getAttributes(found, Set.of(Attribute.VALUE, Attribute.TOKEN, Attribute.PRIVATE));
            assertThat(all.get(Attribute.VALUE)).isEqualTo(CONTENT);
            assertThat(all.get(Attribute.TOKEN)).isTrue();
            assertThat(all.get(Attribute.PRIVATE)).isFalse();
        }
    }

    @Test
    void create_withoutTokenAttribute_makesASessionObject() throws TokenException {
        String label = unique("data");
        try (Session own = user(token())) {
            TokenObject made = own.create(Template.label(label).with(Attribute.CLASS, ObjectClass.DATA));
            assertThat(own.getAttributes(made, Set.of(Attribute.TOKEN)).get(Attribute.TOKEN))
                    .isFalse();
        }
        assertThat(session().findAll(ObjectQuery.all().label(label))).isEmpty();
    }

    @Test
    void create_aPrivateObject_isSeenByItsUserOnly() throws TokenException {
        String label = unique("secret data");
        session().create(data(label).with(Attribute.PRIVATE, true));

        assertThat(session().findAll(ObjectQuery.all().label(label))).hasSize(1);
        try (Session anyone = publicSession(token())) {
            assertThat(anyone.findAll(ObjectQuery.all().label(label))).isEmpty();
            assertRefused(
                    TokenPermissionException.class,
                    () -> anyone.create(data(label).with(Attribute.PRIVATE, true)),
                    "CKR_USER_NOT_LOGGED_IN");
        }
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
    void create_withoutWhatIsRequired_isRefused() {
        assertRefused(
                TokenException.class, () -> session().create(Template.label("no class")), "CKR_TEMPLATE_INCOMPLETE");
        assertRefused(
                TokenException.class,
                () -> session().create(Template.of(Attribute.CLASS, ObjectClass.CERTIFICATE)),
                "CKR_TEMPLATE_INCOMPLETE");
    }

    @Test
    void create_withWhatTheTokenMakes_isRefused() {
        assertRefused(
                TokenException.class,
                () -> session().create(data("own id").with(Attribute.UNIQUE_ID, "mine")),
                "CKR_ATTRIBUTE_READ_ONLY",
                "CKR_TEMPLATE_INCONSISTENT");
        assertRefused(
                TokenException.class,
                () -> aes(session(), Template.of(Attribute.LOCAL, false)),
                "CKR_ATTRIBUTE_READ_ONLY",
                "CKR_TEMPLATE_INCONSISTENT");
    }

    @Test
    void create_withAnAttributeOfAnotherClass_isRefused() {
        assertRefused(
                TokenException.class,
                () -> session().create(data("odd").with(Attribute.MODULUS, CONTENT)),
                "CKR_TEMPLATE_INCONSISTENT",
                "CKR_ATTRIBUTE_TYPE_INVALID");
    }

    @Test
    void create_withAnUnknownAttribute_isRefused() {
        Attributes unknown = Attributes.builder()
                .setAll(data("unknown").attributes())
                .setEncoded(Attribute.of(0x7fff_1234L), CONTENT)
                .build();

        assertRefused(TokenException.class, () -> session().create(Template.of(unknown)), "CKR_ATTRIBUTE_TYPE_INVALID");
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

    @Test
    void copy_withANewLabel_leavesTheOriginal() throws TokenException {
        String label = unique("original");
        TokenObject original = session().create(data(label));

        TokenObject copy =
                session().copy(original, Template.label(label + " copy").inSession());

        assertThat(copy.id()).isNotEqualTo(original.id());
        Attributes copied = session().getAttributes(copy, Set.of(Attribute.VALUE, Attribute.LABEL, Attribute.TOKEN));
        assertThat(copied.get(Attribute.VALUE)).isEqualTo(CONTENT);
        assertThat(copied.get(Attribute.LABEL)).isEqualTo(label + " copy");
        assertThat(copied.get(Attribute.TOKEN)).isFalse();
        assertThat(session().require(ObjectQuery.all().label(label)).id()).isEqualTo(original.id());
    }

    @Test
    void copy_ofAKey_signsLikeTheOriginal() throws TokenException {
        KeyPairObject pair = p256(session(), Template.label(unique("sign")));
        var copy = (org.symbolon.PrivateKeyObject)
                session().copy(pair.privateKey(), Template.label(unique("sign")).inSession());
        session().destroy(pair.privateKey());

        byte[] signature = session().sign(copy, Mechanism.ECDSA_SHA256, new byte[] {7});

        assertThat(session().verify(pair.publicKey(), Mechanism.ECDSA_SHA256, new byte[] {7}, signature))
                .isTrue();
    }

    @Test
    void set_theLabel_movesTheObject() throws TokenException {
        String label = unique("before");
        TokenObject object = session().create(data(label));

        TokenObject renamed = session().setAttributes(object, Template.label(label + " after"));

        assertThat(renamed.id()).isEqualTo(object.id());
        assertThat(renamed.label()).isEqualTo(label + " after");
        assertThat(session().findAll(ObjectQuery.all().label(label))).isEmpty();
        assertThat(session().findAll(ObjectQuery.all().label(label + " after"))).hasSize(1);
    }

    @Test
    void set_whatIsFixedAtBirth_isRefused() throws TokenException {
        KeyPairObject pair = p256(session(), Template.label(unique("fixed")));
        List<Template> changes = List.of(
                Template.of(Attribute.CLASS, ObjectClass.DATA),
                Template.of(Attribute.TOKEN, false),
                Template.of(Attribute.LOCAL, false),
                Template.of(Attribute.EC_PARAMS, CONTENT),
                Template.of(Attribute.UNIQUE_ID, "mine"));
        for (Template change : changes) {
            assertRefused(
                    TokenException.class,
                    () -> session().setAttributes(pair.privateKey(), change),
                    "CKR_ATTRIBUTE_READ_ONLY");
        }
    }

    @Test
    void destroy_anObject_forgetsIt() throws TokenException {
        String label = unique("gone");
        TokenObject object = session().create(data(label));

        session().destroy(object);

        assertThat(session().findAll(ObjectQuery.all().label(label))).isEmpty();
        assertRefused(ObjectNotFoundException.class, () -> session().destroy(object), "CKR_OBJECT_HANDLE_INVALID");
        assertRefused(
                ObjectNotFoundException.class,
                () -> session().getAttributes(object, Set.of(Attribute.LABEL)),
                "CKR_OBJECT_HANDLE_INVALID");
    }

    @Test
    void destroy_aKeyThatAnotherSessionKnows_endsItsUse() throws TokenException {
        KeyPairObject pair = p256(session(), Template.label(unique("shared")));
        try (Session other = user(token())) {
            other.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[1]);

            session().destroy(pair.privateKey());

            assertRefused(
                    ObjectNotFoundException.class,
                    () -> other.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[1]),
                    "CKR_KEY_HANDLE_INVALID",
                    "CKR_OBJECT_HANDLE_INVALID");
        }
    }

    @Test
    void flags_thatForbid_areKept() throws TokenException {
        TokenObject fixed = session()
                .create(data(unique("fixed"))
                        .with(Attribute.MODIFIABLE, false)
                        .with(Attribute.COPYABLE, false)
                        .with(Attribute.DESTROYABLE, false)
                        .inSession());

        assertRefused(
                TokenException.class,
                () -> session().setAttributes(fixed, Template.label("x")),
                "CKR_ACTION_PROHIBITED");
        assertRefused(TokenException.class, () -> session().copy(fixed, Template.label("x")), "CKR_ACTION_PROHIBITED");
        assertRefused(TokenException.class, () -> session().destroy(fixed), "CKR_ACTION_PROHIBITED");
    }

    private static Template data(String label) {
        return Template.label(label)
                .with(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.VALUE, CONTENT)
                .with(Attribute.PRIVATE, false)
                .onToken();
    }

    private void destroyAll(String label) throws TokenException {
        for (TokenObject object : session().findAll(ObjectQuery.all().label(label))) {
            session().destroy(object);
        }
    }
}
