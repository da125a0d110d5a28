package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.testing.KmipFault;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.testing.KmipHandler;
import org.symbolon.kmip.ttlv.KmipVersion;

/** A node that has no calls is connected, asked now and then, and answers in place of one that is slow. */
class StandbyTest {
    private static final UniqueIdentifier KEY = UniqueIdentifier.of("key-1");
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private KmipFaults first;
    private KmipFaults second;

    @BeforeEach
    void start() throws IOException {
        first = KmipFaults.start(KmipHandler.of(StandbyTest::answer));
        second = KmipFaults.start(first.serverTls(), first.clientTls(), KmipHandler.of(StandbyTest::answer));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private static KmipResponse answer(KmipRequest<?> request) {
        if (request instanceof DiscoverVersions.Request) {
            return new DiscoverVersions.Response(List.of(KmipVersion.V2_1));
        }
        if (request instanceof Create.Request create) {
            return new Create.Response(create.objectType(), KEY, Attributes.NONE);
        }
        return new Locate.Response(List.of(KEY), null);
    }

    private static KmipResponse refusal(KmipRequest<?> request) throws TokenException {
        if (request instanceof DiscoverVersions.Request) {
            return answer(request);
        }
        throw new ObjectNotFoundException(new Status("ItemNotFound", 1), "it has not come here yet");
    }

    private KmipClientBuilder both() {
        return first.client().node("localhost", second.port());
    }

    private KmipFaults startAt(int port) throws IOException {
        return KmipFaults.start(port, first.serverTls(), first.clientTls(), KmipHandler.of(StandbyTest::answer));
    }

    private void awaitReady(KmipClient client) throws TokenException {
        client.locate(Attributes.NONE);
        await().atMost(AT_MOST).until(() -> !second.requests().isEmpty());
    }

    @Test
    void failover_toANodeThatHadNoCalls_takesNeitherHandshakeNorNegotiation() throws Exception {
        try (KmipClient client = both().open()) {
            awaitReady(client);
            await().during(Duration.ofMillis(300))
                    .atMost(AT_MOST)
                    .until(() -> second.requests().size() == 1);

            first.close();
            for (int i = 0; i < 20; i++) {
                assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
            }

            assertThat(second.connections()).isEqualTo(1);
            assertThat(second.requests()).hasSizeGreaterThan(20);
        }
    }

    @Test
    void standby_whoseServerEndsIdleConnections_isAskedBeforeThat() throws Exception {
        second.closeIdleAfter(Duration.ofSeconds(3));
        try (KmipClient client = both().idleLimit(Duration.ofMillis(600)).open()) {
            awaitReady(client);

            await().atMost(AT_MOST).until(() -> second.requests().size() > 20);

            assertThat(second.connections()).isEqualTo(1);
        }
    }

    @Test
    void standby_thatGoesAwayAndComesBack_isReadyBeforeItIsNeeded() throws Exception {
        int port = second.port();
        try (KmipClient client = both().idleLimit(Duration.ofMillis(600)).open()) {
            awaitReady(client);
            second.close();
            second = await().atMost(AT_MOST) // until the old listener is gone
                    .ignoreException(BindException.class)
                    .until(() -> startAt(port), Objects::nonNull);

            await().atMost(AT_MOST).until(() -> !second.requests().isEmpty());

            assertThat(second.openConnections()).isEqualTo(1);
            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
        }
    }

    @Test
    void client_ofOneNode_isNotKeptReady() throws Exception {
        try (KmipClient client =
                first.client().idleLimit(Duration.ofMillis(600)).open()) {
            client.locate(Attributes.NONE);
            client.locate(Attributes.NONE);
        }
        assertThat(first.requests()).hasSize(3);
    }

    @Test
    void locate_whichANodeIsSlowToAnswer_isAnsweredByAnotherWhileItsNodeKeepsTheCalls() throws Exception {
        try (KmipClient client = both().timeout(Duration.ofMinutes(5)).open()) {
            awaitReady(client);
            first.next(KmipFault.hang());

            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);

            await().atMost(AT_MOST).until(() -> {
                int before = first.requests().size();
                client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE);
                return first.requests().size() > before;
            });
        }
    }

    @Test
    void locate_thatOnlyTheSlowNodeCanAnswer_isWaitedFor() throws Exception {
        try (KmipFaults lagging =
                        KmipFaults.start(first.serverTls(), first.clientTls(), KmipHandler.of(StandbyTest::refusal));
                KmipClient client = first.client()
                        .node("localhost", lagging.port())
                        .attemptTimeout(Duration.ofMillis(100))
                        .open()) {
            client.locate(Attributes.NONE);
            first.next(KmipFault.byteAtATime(Duration.ofMillis(3)));

            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
            assertThat(lagging.requests()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void create_whichANodeIsSlowToAnswer_isNotAskedOfAnother() throws Exception {
        try (KmipClient client = both().attemptTimeout(Duration.ofMillis(100)).open()) {
            awaitReady(client);
            first.next(KmipFault.byteAtATime(Duration.ofMillis(3)));

            assertThat(client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE)).isEqualTo(KEY);
            assertThat(second.requests())
                    .allSatisfy(request -> assertThat(request.toString()).doesNotContain("Create"));
        }
    }

    @Test
    void pause_afterRefusals_doublesUpToFiveMinutes() {
        long period = Duration.ofSeconds(5).toNanos();

        assertThat(Standby.pause(period, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Standby.pause(period, 3)).isEqualTo(Duration.ofSeconds(40));
        assertThat(Standby.pause(period, 1000)).isEqualTo(Duration.ofSeconds(320));
    }
}
