package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Outcome;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.testing.KmipFault;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.testing.KmipHandler;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Ttlv;

/** Finding objects on servers that locate too much, too little at a time, or the same again. */
class KmipFinderTest {
    private static final int MANY = 1_234;

    private final Map<UniqueIdentifier, Attributes> objects = new LinkedHashMap<>();
    private final List<Locate.Request> located = java.util.Collections.synchronizedList(new ArrayList<>());
    private volatile Behaviour behaviour = Behaviour.IGNORES_FILTERS;
    private KmipFaults server;
    private KmipClient client;
    private KmipFinder finder;

    /** How a server locates. */
    private enum Behaviour {
        CAPS_PAGES,
        IGNORES_FILTERS,
        IGNORES_OFFSETS,
        REPEATS_AT_PAGE_ENDS,
        FAILS_ON_MANY
    }

    @BeforeEach
    void start() throws Exception {
        server = KmipFaults.start(KmipHandler.of(this::answer));
        client = server.client().version(KmipVersion.V2_1).open();
        finder = new KmipFinder(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private KmipResponse answer(KmipRequest<?> request) throws TokenException {
        if (request instanceof GetAttributes.Request asked) {
            UniqueIdentifier id = Optional.ofNullable(asked.uniqueIdentifier()).orElseThrow();
            Attributes attributes = objects.get(id);
            if (attributes == null) {
                throw new ObjectNotFoundException(new Status("ObjectNotFound", 0x37), "no such object");
            }
            return new GetAttributes.Response(id, attributes);
        }
        Locate.Request asked = (Locate.Request) request;
        located.add(asked);
        return locate(asked);
    }

    private Locate.Response locate(Locate.Request asked) throws TokenException {
        List<UniqueIdentifier> all = new ArrayList<>(objects.keySet());
        Optional<ObjectType> type = asked.attributes().get(AttributeType.OBJECT_TYPE);
        if (behaviour == Behaviour.FAILS_ON_MANY) {
            if (type.isEmpty()) {
                throw new TokenOperationException(new Status("ResponseTooLarge", 2), "too many");
            }
            all.removeIf(
                    id -> !type.equals(objects.getOrDefault(id, Attributes.NONE).get(AttributeType.OBJECT_TYPE)));
        }
        int offset = asked.offsetItems() == null || behaviour == Behaviour.IGNORES_OFFSETS ? 0 : asked.offsetItems();
        if (behaviour == Behaviour.REPEATS_AT_PAGE_ENDS && offset > 0) {
            offset--;
        }
        boolean caps = behaviour == Behaviour.CAPS_PAGES;
        int most = asked.maximumItems() == null ? all.size() : caps ? 10 : asked.maximumItems();
        int from = Math.min(offset, all.size());
        return new Locate.Response(
                all.subList(from, Math.min(all.size(), from + most)), caps ? (Integer) all.size() : null);
    }

    private static UniqueIdentifier id(int number) {
        return UniqueIdentifier.of("object-" + number);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            objects.put(
                    id(i),
                    Attributes.NONE
                            .with(AttributeType.NAME, Name.of("name-" + i))
                            .with(
                                    AttributeType.OBJECT_TYPE,
                                    i % 2 == 0 ? ObjectType.PRIVATE_KEY : ObjectType.PUBLIC_KEY)
                            .with(
                                    AttributeType.CRYPTOGRAPHIC_USAGE_MASK,
                                    i % 2 == 0
                                            ? CryptographicUsageMask.of(
                                                    CryptographicUsageMask.SIGN, CryptographicUsageMask.DECRYPT)
                                            : CryptographicUsageMask.VERIFY)
                            .with(AttributeType.OBJECT_GROUP, "group"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IGNORES_FILTERS", "REPEATS_AT_PAGE_ENDS"})
    void list_ofManyObjects_comesInPagesAndHasEachOnce(Behaviour how) throws Exception {
        fill(MANY);
        behaviour = how;

        List<UniqueIdentifier> all =
                finder.pagesOf(100).list(Attributes.NONE.with(AttributeType.OBJECT_GROUP, "group"));

        assertThat(all).containsExactlyElementsOf(objects.keySet());
        assertThat(located).hasSize(MANY / 100 + 1).allSatisfy(request -> {
            assertThat(request.maximumItems()).isEqualTo(100);
            assertThat(request.objectGroupMember()).isNull();
        });
    }

    @Test
    void list_onServerWithShorterPages_goesOnUntilAllThatItLocatedAreThere() throws Exception {
        fill(35);
        behaviour = Behaviour.CAPS_PAGES;

        assertThat(finder.pagesOf(100).list(Attributes.NONE)).containsExactlyElementsOf(objects.keySet());
        assertThat(located).hasSize(4);
    }

    @Test
    void list_onServerThatIgnoresOffsets_ends() throws Exception {
        fill(100);
        behaviour = Behaviour.IGNORES_OFFSETS;

        assertThat(finder.pagesOf(100).list(Attributes.NONE)).hasSize(100);
        assertThat(located).hasSize(2);
    }

    @Test
    void list_before13_isInOnePiece_orByTypesWhereThatIsTooLarge() throws Exception {
        fill(MANY);
        try (KmipClient old = server.client().version(KmipVersion.V1_2).open()) {
            assertThat(new KmipFinder(old).list(Attributes.NONE)).hasSize(MANY);
            assertThat(located).hasSize(1);
            behaviour = Behaviour.FAILS_ON_MANY;
            assertThat(new KmipFinder(old).list(Attributes.NONE)).hasSize(MANY);
        }
    }

    @Test
    void find_onServerThatIgnoresFilters_leavesOutWhatWasNotLookedFor() throws Exception {
        fill(10);

        List<FoundObject> found = finder.find(
                Attributes.NONE
                        .with(AttributeType.OBJECT_TYPE, ObjectType.PRIVATE_KEY)
                        .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.SIGN),
                AttributeType.NAME);

        assertThat(found).extracting(FoundObject::id).containsExactly(id(0), id(2), id(4), id(6), id(8));
        assertThat(found.get(1).attributes().get(AttributeType.NAME)).contains(Name.of("name-2"));
    }

    @Test
    void findOne_onServerThatAnswersEveryNameWithTheSameObject_isNotTakenIn() throws Exception {
        fill(1);

        assertThat(finder.findOne(Attributes.NONE.with(AttributeType.NAME, Name.of("name-0")))
                        .id())
                .isEqualTo(id(0));
        assertThatThrownBy(() -> finder.findOne(Attributes.NONE.with(AttributeType.NAME, Name.of("another"))))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining("no object has [Name]");
    }

    @Test
    void findOne_ofSeveral_isRefused() {
        fill(4);

        assertThatThrownBy(() -> finder.findOne(Attributes.NONE.with(AttributeType.OBJECT_TYPE, ObjectType.PUBLIC_KEY)))
                .isInstanceOf(AmbiguousObjectException.class)
                .hasMessageContaining("2 objects have [ObjectType]");
    }

    @Test
    void find_onServerWithoutBatches_asksOneByOneFromThenOn() throws Exception {
        fill(200);
        server.always(KmipFault.noContinue());

        assertThat(finder.find(Attributes.NONE.with(AttributeType.OBJECT_GROUP, "group")))
                .hasSize(200);
        assertThat(finder.find(Attributes.NONE.with(AttributeType.OBJECT_GROUP, "group")))
                .hasSize(200);
        assertThat(batches()).isEqualTo(1);
    }

    @Test
    void find_whoseBatchesAreTooLarge_asksForFewerAtATime() throws Exception {
        fill(64);
        server.next(KmipFault.none(), KmipFault.tooLarge());

        assertThat(finder.find(Attributes.NONE.with(AttributeType.OBJECT_GROUP, "group")))
                .hasSize(64);
        assertThat(finder.find(Attributes.NONE.with(AttributeType.OBJECT_GROUP, "group")))
                .hasSize(64);
        assertThat(batches()).isEqualTo(3);
    }

    @Test
    void find_withBatches_asksForManyAtATime() throws Exception {
        fill(640);

        assertThat(finder.pagesOf(1_000).find(Attributes.NONE.with(AttributeType.OBJECT_GROUP, "group")))
                .hasSize(640);
        assertThat(batches()).isEqualTo(10);
    }

    private long batches() throws Exception {
        long count = 0;
        for (Ttlv.Structure request : server.requests()) {
            count += MessageCodec.decodeRequest(request).items().size() > 1 ? 1 : 0;
        }
        return count;
    }

    @Test
    void callAll_withSomeThatFail_tellsOfEach() throws Exception {
        fill(3);
        List<GetAttributes.Request> requests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            requests.add(new GetAttributes.Request(id(i), List.of()));
        }

        List<Outcome<GetAttributes.Response>> outcomes = client.callAll(requests);

        assertThat(outcomes).hasSize(5);
        assertThat(outcomes.get(2).get().uniqueIdentifier()).isEqualTo(id(2));
        assertThat(outcomes.get(3).failure()).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void callAll_whoseAnswersAreMissing_asksForThemAgain() throws Exception {
        fill(5);
        server.next(KmipFault.fewerItems(2));
        List<GetAttributes.Request> requests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            requests.add(new GetAttributes.Request(id(i), List.of()));
        }

        assertThat(client.callAll(requests))
                .allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
    }
}
