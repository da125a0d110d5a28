package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.Name;

/** What two servers of a token remember of its objects, and that it is never older than the token. */
class ObjectIndexTest {
    private static final Clock CLOCK = Clock.fixed(MachineRig.NOW, ZoneOffset.UTC);

    private MachineRig rig;
    private ObjectStore one;
    private ObjectStore other;

    @BeforeEach
    void open() throws TokenException {
        rig = new MachineRig();
        one = new ObjectStore(rig.session(), CLOCK, Semantics.DEFAULT);
        other = new ObjectStore(rig.session(), CLOCK, Semantics.DEFAULT);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        rig.close();
    }

    private static Managed make(ObjectStore store, String name, String group) throws KmipFailure, TokenException {
        return store.create(
                Template.of(Attribute.CLASS, ObjectClass.DATA).with(Attribute.VALUE, Bytes.of((byte) 1)),
                named(name).with(AttributeType.OBJECT_GROUP, group));
    }

    private static Attributes named(String name) {
        return Attributes.NONE.with(AttributeType.NAME, Name.of(name));
    }

    private static Attributes in(String group) {
        return Attributes.NONE.with(AttributeType.OBJECT_GROUP, group);
    }

    private static List<String> ids(ObjectStore store, Attributes filters) throws KmipFailure, TokenException {
        Locating locating = new Locating(
                filters,
                null,
                MachineRig.NOW,
                new View(store, new Materials(store)),
                org.symbolon.kmip.ttlv.KmipVersion.V2_1);
        return store.find(filters, locating::matchesKept).stream()
                .map(Managed::id)
                .toList();
    }

    @Test
    void find_whatAnotherMadeChangedAndDestroyed_isAsTheTokenHasIt() throws Exception {
        Managed first = make(other, "first", "a");
        assertThat(ids(one, in("a"))).containsExactly(first.id());

        Managed second = make(other, "second", "a");
        assertThat(ids(one, in("a"))).containsExactly(first.id(), second.id());
        assertThat(ids(one, named("second"))).containsExactly(second.id());

        other.update(second, second.with(AttributeType.OBJECT_GROUP, "b"));
        assertThat(ids(one, in("a"))).containsExactly(first.id());
        assertThat(ids(one, in("b"))).containsExactly(second.id());

        rig.session().destroy(first.object());
        assertThat(ids(one, in("a"))).isEmpty();
        assertThat(ids(one, Attributes.NONE)).containsExactly(second.id());
    }

    @Test
    void require_whatAnotherChangedOrDestroyed_isReadAgain() throws Exception {
        Managed made = make(other, "made", "a");
        assertThat(one.require(made.id()).get(AttributeType.OBJECT_GROUP)).contains("a");

        other.update(made, made.with(AttributeType.OBJECT_GROUP, "b"));
        assertThat(one.require(made.id()).get(AttributeType.OBJECT_GROUP)).contains("b");

        rig.session().destroy(made.object());
        assertThatThrownBy(() -> one.require(made.id())).isInstanceOf(KmipFailure.class);
    }

    @Test
    void require_twice_isReadOnce() throws Exception {
        Managed made = make(one, "made", "a");

        assertThat(one.require(made.id())).isSameAs(one.require(made.id()));
    }

    @Test
    void object_ofAPublicKey_isMadeOnceUntilTheKeyChanges() throws Exception {
        String id = ((org.symbolon.ObjectId.Unique) rig.session()
                        .generateKeyPair(
                                Mechanism.EC_KEY_PAIR_GEN.curve(NamedCurve.P256),
                                Template.label("pair").onToken())
                        .publicKey()
                        .id())
                .uniqueId();
        Materials materials = new Materials(one);
        ManagedObject shown = materials.object(one.require(id), null);
        assertThat(materials.object(one.require(id), null)).isSameAs(shown);

        rig.session().setAttributes(one.require(id).object(), Template.label("renamed"));
        assertThat(materials.object(one.require(id), null)).isNotSameAs(shown).isEqualTo(shown);
    }

    @Test
    void put_whatWasReadBeforeAChange_isForgotten() throws Exception {
        Managed made = make(other, "made", "a");
        try (ObjectIndex index = ObjectIndex.of(rig.session())) {
            long mark = index.mark();
            make(other, "meanwhile", "a");
            index.put(made, mark);
            assertThat(index.find(made.id())).isEmpty();

            index.put(made, index.mark());
            assertThat(index.find(made.id())).contains(made);
        }
    }

    @Test
    void candidates_whileOneIsChanged_haveItAllTheTime() throws Exception {
        Managed made = make(other, "made", "a");
        try (ObjectIndex index = ObjectIndex.of(rig.session())) {
            assertThat(index.follow()).isTrue();
            index.complete(List.of(made));

            other.update(made, made.with(AttributeType.FRESH, false));
            assertThat(index.candidates("a")).extracting(Managed::id).containsExactly(made.id());
            assertThat(index.find(made.id()))
                    .as("what is asked for itself is read again")
                    .isEmpty();

            rig.session().destroy(made.object());
            index.put(index.changed().get(0), java.util.Optional.empty());
            assertThat(index.candidates("a")).isEmpty();
        }
    }

    @Test
    void candidates_ofANameWhileTheIndexIsRead_areWhatTheTokenFindsByItself() throws Exception {
        make(other, "first", "a");
        Managed wanted = other.create(
                Template.of(Attribute.CLASS, ObjectClass.DATA).with(Attribute.VALUE, Bytes.of((byte) 1)),
                named("second").with(AttributeType.NAME, Name.of("also")));
        try (ObjectIndex index = ObjectIndex.of(rig.session())) {
            assertThat(index.follow()).as("reading begins, and does not end").isTrue();
            TokenReader reader = new TokenReader(rig.session());
            try (KnownObjects claimed = new KnownObjects(index, reader, true);
                    KnownObjects unclaimed = new KnownObjects(index, reader, false)) {
                for (String name : List.of("second", "also")) {
                    assertThat(claimed.candidates(Name.of(name)))
                            .extracting(Managed::id)
                            .containsExactly(wanted.id());
                }
                assertThat(unclaimed.candidates(Name.of("also"))).hasSize(2);
            }
        }
    }

    @Test
    void find_afterMoreChangesThanAreReadAtOnce_isAsTheTokenHasIt() throws Exception {
        for (int changes : List.of(50, 1100)) { // beyond a thousand, the index begins anew
            assertThat(ids(one, in("g" + changes))).isEmpty();
            for (int i = 0; i < changes; i++) {
                make(other, "made " + changes + " " + i, "g" + changes);
            }
            assertThat(ids(one, named("made " + changes + " " + (changes - 1)))).hasSize(1);
            assertThat(ids(one, in("g" + changes))).hasSize(changes);
        }
    }

    @Test
    void find_byWhatTheServerKeepsForItself_findsNothing() throws Exception {
        Managed made = one.create(
                Template.of(Attribute.CLASS, ObjectClass.DATA).with(Attribute.VALUE, Bytes.of((byte) 1)),
                named("made"));
        Attributes sequence = Attributes.NONE.with(
                KeptAttributes.SEQUENCE, made.get(KeptAttributes.SEQUENCE).orElseThrow());
        assertThat(ids(one, sequence)).isEmpty();
        assertThat(ids(one, named("made"))).hasSize(1);
    }
}
