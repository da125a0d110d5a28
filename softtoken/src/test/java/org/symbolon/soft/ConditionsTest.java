package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;
import org.symbolon.spi.Request;

/** Claims that one object has alone, and changes that do not overtake each other. */
class ConditionsTest {
    private static final Bytes ONE = Bytes.of("1".repeat(32).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    private static final Bytes TWO = Bytes.of("2".repeat(32).getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    @TempDir
    Path folder;

    private TokenModule module;
    private Session session;

    @BeforeEach
    void openToken() throws Exception {
        module = TestTokens.open(folder.resolve("claims.db"));
        TestTokens.create(module);
        session = TestTokens.login(module);
    }

    @AfterEach
    void close() {
        session.close();
        module.close();
    }

    private static Template data(boolean isPrivate) {
        return Template.of(Attribute.CLASS, ObjectClass.DATA)
                .onToken()
                .with(Attribute.PRIVATE, isPrivate)
                .with(Attribute.VALUE, Bytes.of((byte) 1));
    }

    private static Template claiming(Bytes claims) {
        return Template.of(Conditions.CLAIMS, claims);
    }

    private static Bytes both() {
        return Bytes.ofHex("31".repeat(32) + "32".repeat(32));
    }

    private static void assertClaimed(TokenException e) {
        assertThat(e)
                .asInstanceOf(type(TokenOperationException.class))
                .satisfies(it -> assertThat(it.status().name()).isEqualTo("CKR_SYMBOLON_CLAIMED"));
    }

    private TokenException refusal(Request<?> request) {
        List<Outcome<?>> outcomes = session.performAll(List.of(request));
        return Objects.requireNonNull(outcomes.get(0).failure());
    }

    @Test
    void claim_thatAnotherObjectHas_isRefusedWhetherItIsPrivateOrPublic() throws Exception {
        for (boolean first : List.of(true, false)) {
            for (boolean second : List.of(true, false)) {
                TokenObject owner = session.create(data(first).and(claiming(both())));
                assertClaimed(refusal(new Request.Create(data(second).and(claiming(TWO)))));
                TokenObject other = session.create(data(second));
                assertClaimed(refusal(new Request.SetAttributes(other, claiming(ONE))));

                session.destroy(owner);
                session.setAttributes(other, claiming(ONE));
                session.destroy(other);
            }
        }
        assertThat(session.findAll(ObjectQuery.all())).isEmpty();
    }

    @Test
    void claims_thatAnObjectHasAlready_stayItsOwn() throws Exception {
        TokenObject owner = session.create(data(true).and(claiming(ONE)));
        session.setAttributes(owner, claiming(both()));
        session.setAttributes(owner, claiming(TWO));

        session.create(data(true).and(claiming(ONE)));
        assertClaimed(refusal(new Request.SetAttributes(owner, claiming(both()))));
    }

    @Test
    void claims_ofManyCreationsAtOnce_areOfTheFirst() throws Exception {
        List<Outcome<?>> outcomes = session.performAll(List.of(
                new Request.Create(data(true).and(claiming(ONE))),
                new Request.Create(data(false).and(claiming(ONE)))));

        assertThat(outcomes.get(0).failure()).isNull();
        assertThat(outcomes.get(1).failure()).isNotNull();
        assertThat(session.findAll(ObjectQuery.all())).hasSize(1);
    }

    @Test
    void claim_isSharedByTheKeysOfAPair_andNotByACopy() throws Exception {
        Template claiming = claiming(ONE).onToken();
        KeyPairObject pair =
                session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve(NamedCurve.P256), claiming, claiming);
        assertThat(session.findAll(ObjectQuery.all().with(Conditions.CLAIMS, ONE)))
                .hasSize(2);

        session.copy(pair.publicKey(), Template.empty());
        assertThat(session.findAll(ObjectQuery.all())).hasSize(3);
        assertThat(session.findAll(ObjectQuery.all().with(Conditions.CLAIMS, ONE)))
                .hasSize(2);
    }

    @Test
    void search_byClaims_findsWhoHasAllOfThem() throws Exception {
        TokenObject owner = session.create(data(true).and(claiming(both())));

        for (Bytes wanted : List.of(ONE, TWO, both())) {
            assertThat(session.findAll(ObjectQuery.all().with(Conditions.CLAIMS, wanted)))
                    .extracting(TokenObject::id)
                    .containsExactly(owner.id());
        }
        assertThat(session.findAll(ObjectQuery.all().with(Conditions.CLAIMS, Bytes.ofHex("33".repeat(32)))))
                .isEmpty();
        assertThat(session.findAll(ObjectQuery.all().with(Conditions.CLAIMS, Bytes.ofHex("31"))))
                .isEmpty();
    }

    @Test
    void claims_ofAnotherLength_areRefused() {
        assertThatThrownBy(() -> session.create(data(true).and(claiming(Bytes.ofHex("31".repeat(33))))))
                .isInstanceOf(InvalidAttributeException.class)
                .hasMessageContaining("33 bytes");
        assertThatThrownBy(() -> session.create(data(true).and(claiming(Bytes.of(new byte[32 * 257])))))
                .isInstanceOf(InvalidAttributeException.class);
    }

    @Test
    void change_thatNamesARevision_followsOnTheOneBefore() throws Exception {
        TokenObject object = session.create(data(true));
        session.setAttributes(object, Template.label("first").with(Conditions.REVISION, 1L));
        session.setAttributes(object, Template.label("unnamed"));

        TokenException late =
                refusal(new Request.SetAttributes(object, Template.label("late").with(Conditions.REVISION, 1L)));
        assertThat(late.status().name()).isEqualTo("CKR_SYMBOLON_CHANGED");
        assertThat(session.getAttributes(object, java.util.Set.of(Attribute.LABEL))
                        .get(Attribute.LABEL))
                .isEqualTo("unnamed");
        session.setAttributes(object, Template.label("second").with(Conditions.REVISION, 2L));
    }
}
