package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.tests.contract.DataObjects.CONTENT;
import static org.symbolon.tests.contract.DataObjects.data;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenPermissionException;

/** Objects: making, copying, changing and destroying them. */
abstract class ObjectContract extends Contract {
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
}
