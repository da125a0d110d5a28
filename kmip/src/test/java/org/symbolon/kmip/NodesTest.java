package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.testing.KmipFault;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.testing.KmipHandler;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Two nodes that share their objects, of which one fails. */
class NodesTest {
    private static final UniqueIdentifier KEY = UniqueIdentifier.of("key-1");

    private final Map<String, Attributes> made = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger signs = new AtomicInteger();
    private KmipFaults first;
    private KmipFaults second;

    @BeforeEach
    void start() throws IOException {
        first = KmipFaults.start(KmipHandler.of(this::answer));
        second = KmipFaults.start(first.serverTls(), first.clientTls(), KmipHandler.of(this::answer));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private KmipResponse answer(KmipRequest<?> request) throws TokenException {
        if (request instanceof DiscoverVersions.Request) {
            return new DiscoverVersions.Response(List.of(KmipVersion.V2_1));
        }
        if (request instanceof Create.Request create) {
            String id = "made-" + number.incrementAndGet();
            made.put(
                    id,
                    create.attributes()
                            .with(AttributeType.OBJECT_TYPE, create.objectType())
                            .with(AttributeType.INITIAL_DATE, Instant.now()));
            return new Create.Response(create.objectType(), UniqueIdentifier.of(id), Attributes.NONE);
        }
        if (request instanceof GetAttributes.Request get) {
            Attributes attributes = made.get(String.valueOf(get.uniqueIdentifier()));
            if (attributes == null) {
                throw new ObjectNotFoundException(new Status("ItemNotFound", 1), "there is none");
            }
            return new GetAttributes.Response(Objects.requireNonNull(get.uniqueIdentifier()), attributes);
        }
        if (request instanceof Sign.Request) {
            signs.incrementAndGet();
            return new Sign.Response(KEY, Bytes.of((byte) 1), null);
        }
        List<UniqueIdentifier> found = new ArrayList<>();
        Attributes wanted = ((Locate.Request) request).attributes();
        made.forEach((id, attributes) -> {
            if (wanted.get(AttributeType.NAME).equals(attributes.get(AttributeType.NAME))) {
                found.add(UniqueIdentifier.of(id));
            }
        });
        return new Locate.Response(found.isEmpty() ? List.of(KEY) : found, null);
    }

    private KmipClientBuilder both() {
        return first.client().node("localhost", second.port());
    }

    private static Attributes named(String name) {
        return Attributes.NONE
                .with(AttributeType.NAME, Name.of(name))
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES);
    }

    @Test
    void call_whileTheFirstNodeIsDown_goesToTheSecondAndBackWhenItIsUp() throws Exception {
        int port = first.port();
        first.close();
        try (KmipClient client = KmipClient.builder("localhost")
                .port(port)
                .node("localhost", second.port())
                .tls(second.clientTls())
                .open()) {
            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
            assertThat(second.requests()).isNotEmpty();

            try (KmipFaults back =
                    KmipFaults.start(port, first.serverTls(), first.clientTls(), KmipHandler.of(this::answer))) {
                await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                    client.locate(Attributes.NONE);
                    assertThat(back.requests()).hasSizeGreaterThan(1);
                });
            }
        }
    }

    @Test
    void call_ofANodeThatHangs_isAnsweredByTheOther() throws Exception {
        try (KmipClient client = both().open()) {
            client.version();
            first.always(KmipFault.hang());

            Instant begin = Instant.now();
            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);

            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(8)); // its timeout has 10
            int before = first.requests().size();
            client.locate(Attributes.NONE);
            assertThat(second.requests()).hasSizeGreaterThan(2);
            assertThat(first.requests().size() - before)
                    .as("calls, beside a question whether it is back")
                    .isLessThan(2);
        }
    }

    @Test
    void sign_whoseAnswerIsLost_isRepeatedOnlyWhereUsesAreNotCounted() throws Exception {
        Sign.Request sign = new Sign.Request(KEY, null, Bytes.of((byte) 1), null, null, null, null);
        try (KmipClient client = both().open()) {
            client.version();
            first.next(KmipFault.dropAfter());
            TokenUnavailableException lost =
                    catchThrowableOfType(TokenUnavailableException.class, () -> client.call(sign));
            assertThat(lost).hasCauseInstanceOf(MaybeDoneException.class).hasMessageContaining("it may have been done");
            assertThat(signs).hasValue(1);

            first.next(KmipFault.dropAfter());
            assertThat(client.repeatingUses().call(sign).signatureData()).isEqualTo(Bytes.of((byte) 1));
        }
    }

    @Test
    void create_whoseAnswerIsLost_isFoundByItsNameAndMadeOnce() throws Exception {
        try (KmipClient client = both().open()) {
            client.version();
            first.next(KmipFault.dropAfter());

            UniqueIdentifier id = client.create(ObjectType.SYMMETRIC_KEY, named("once"));

            assertThat(made).containsOnlyKeys(id.toString());
        }
    }

    @Test
    void create_thatWasNotDone_isSentAgainOnce() throws Exception {
        try (KmipClient client = both().open()) {
            client.version();
            first.next(KmipFault.dropBefore());

            UniqueIdentifier id = client.create(ObjectType.SYMMETRIC_KEY, named("at the second try"));

            assertThat(made).containsOnlyKeys(id.toString());
        }
    }

    @Test
    void create_beforeWhichThereWasAnObjectOfThatNameAndAnotherAlgorithm_isNotTakenForIt() throws Exception {
        made.put(
                "another",
                Attributes.NONE
                        .with(AttributeType.NAME, Name.of("taken"))
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.RSA)
                        .with(AttributeType.INITIAL_DATE, Instant.now()));
        try (KmipClient client = both().open()) {
            client.version();
            first.next(KmipFault.dropBefore());

            assertThat(client.create(ObjectType.SYMMETRIC_KEY, named("taken")))
                    .isEqualTo(UniqueIdentifier.of("made-1"));
        }
    }

    @Test
    void create_withoutNameWhoseAnswerIsLost_saysThatItMayBeDone() throws Exception {
        try (KmipClient client = both().open()) {
            client.version();
            first.next(KmipFault.dropAfter());

            assertThatThrownBy(() -> client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasCauseInstanceOf(MaybeDoneException.class);
            assertThat(made).hasSize(1);
        }
    }

    @Test
    void create_thatCannotBeLookedFor_saysThatItMayBeDoneAndByWhichName() throws Exception {
        try (KmipClient client = both().timeout(Duration.ofSeconds(2)).open()) {
            client.version();
            first.always(KmipFault.hang());
            second.always(KmipFault.hang());

            TokenUnavailableException lost = catchThrowableOfType(
                    TokenUnavailableException.class, () -> client.create(ObjectType.SYMMETRIC_KEY, named("who knows")));

            assertThat(lost.getCause())
                    .isInstanceOfSatisfying(
                            MaybeDoneException.class,
                            maybe -> assertThat(maybe.names()).containsExactly("who knows"));
        }
    }

    @Test
    void call_onConnectionThatTheServerEndedWhileItIdled_isNeverSentOnIt() throws Exception {
        first.closeIdleAfter(Duration.ofMillis(300));
        try (KmipClient client = first.client().idleLimit(Duration.ofSeconds(1)).open()) {
            client.version();
            await().until(() -> first.openConnections() == 0);

            client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE);

            assertThat(made).hasSize(1);
        }
    }

    @Test
    void call_ofServerThatRefusesCorrelationValues_goesWithoutThem() throws Exception {
        try (KmipClient client = first.client().version(KmipVersion.V2_1).open()) {
            first.next(KmipFault.refusing(KmipVersion.V2_1));
            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
            client.locate(Attributes.NONE);
        }
        assertThat(first.requests())
                .extracting(request -> org.symbolon.kmip.message.MessageCodec.decodeRequest(request)
                        .header()
                        .clientCorrelationValue())
                .satisfies(values -> {
                    assertThat(values.get(0)).isNotNull();
                    assertThat(values.subList(1, values.size())).containsOnlyNulls();
                });
    }
}
