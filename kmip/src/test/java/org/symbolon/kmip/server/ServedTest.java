package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.ttlv.KmipVersion;

/** What was given out is kept before its answer leaves, many objects at once. */
class ServedTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Clock CLOCK = Clock.fixed(MachineRig.NOW, ZoneOffset.UTC);

    private static void give(Served served, String... ids) throws KmipFailure {
        List.of(ids).forEach(served::give);
        served.settle(List.of(ids));
    }

    @Test
    void settle_ofRequestsThatComeTogether_isWrittenTogether() throws Exception {
        List<Set<String>> writes = new CopyOnWriteArrayList<>();
        CountDownLatch first = new CountDownLatch(1);
        Served served = new Served(ids -> {
            writes.add(ids);
            try {
                assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return Map.of();
        });
        List<FutureTask<Boolean>> requests = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            String id = "key-" + i;
            FutureTask<Boolean> request = new FutureTask<>(() -> {
                give(served, id, "shared");
                return true;
            });
            requests.add(request);
            Thread thread = new Thread(request);
            thread.start();
            await().atMost(LONG).until(() -> writes.size() == 1);
            await().atMost(LONG)
                    .until(() -> thread.getState() == Thread.State.WAITING
                            || thread.getState() == Thread.State.TIMED_WAITING);
        }
        first.countDown();
        for (FutureTask<Boolean> request : requests) {
            assertThat(request.get(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(writes).hasSize(2);
        assertThat(writes.get(0)).containsExactlyInAnyOrder("key-0", "shared");
        assertThat(writes.get(1)).hasSize(9).doesNotContain("key-0");
    }

    @Test
    void settle_whatIsNotKept_failsForWhoGaveItOutAlone() throws Exception {
        Served served = new Served(ids ->
                ids.contains("bad") ? Map.of("bad", new KmipFailure(ResultReason.GENERAL_FAILURE, "full")) : Map.of());

        give(served, "good");
        assertThatThrownBy(() -> give(served, "good", "bad"))
                .isInstanceOf(KmipFailure.class)
                .hasMessage("full");
    }

    @Test
    void get_ofABatch_isKeptByTheTokenBeforeTheAnswer() throws Exception {
        try (MachineRig rig = new MachineRig();
                ObjectStore store = new ObjectStore(rig.session(), CLOCK, Semantics.DEFAULT)) {
            List<UniqueIdentifier> ids = new ArrayList<>();
            List<KmipRequest<?>> requests = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(made(rig));
                requests.add(new Get.Request(ids.get(i), null, null, null, null));
            }
            UniqueIdentifier unread = made(rig);
            requests.add(fresh(ids.get(4)));

            List<ResponseBatchItem> items = rig.batch(
                            KmipVersion.V2_1, MachineRig.header(KmipVersion.V2_1, requests.size()), requests)
                    .items();

            assertThat(items).allMatch(item -> item.resultStatus().equals(ResultStatus.SUCCESS));
            assertThat(isFresh(items.get(5))).isFalse();
            assertThat(isFresh(rig.ask(KmipVersion.V2_1, fresh(unread)))).isTrue();
            for (UniqueIdentifier id : ids) {
                assertThat(store.require(id.text()).get(AttributeType.FRESH)).contains(false);
            }
        }
    }

    private static GetAttributes.Request fresh(UniqueIdentifier id) {
        return new GetAttributes.Request(id, List.of(AttributeType.FRESH));
    }

    private static boolean isFresh(ResponseBatchItem item) throws Exception {
        return MessageCodec.decodePayload(
                        Objects.requireNonNull(item.responsePayload()), GetAttributes.Response.class, KmipVersion.V2_1)
                .attributes()
                .get(AttributeType.FRESH)
                .orElseThrow();
    }

    private static UniqueIdentifier made(MachineRig rig) throws Exception {
        Attributes aes = Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT);
        return rig.call(
                        KmipVersion.V2_1,
                        new Create.Request(ObjectType.SYMMETRIC_KEY, aes, null),
                        Create.Response.class)
                .uniqueIdentifier();
    }
}
