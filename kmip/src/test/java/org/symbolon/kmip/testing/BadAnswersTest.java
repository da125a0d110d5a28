package org.symbolon.kmip.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Bytes;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.KmipBatch;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.ttlv.KmipVersion;

/** The client against a server that answers wrongly: an error that says where, or the right result, and never the bytes. */
class BadAnswersTest {
    private static final UniqueIdentifier KEY = UniqueIdentifier.of("key-1");
    private static final UniqueIdentifier OTHER = UniqueIdentifier.of("key-2");
    private static final String SECRET = "do not show this";

    private KmipFaults server;
    private KmipClient client;

    @BeforeEach
    void start() throws Exception {
        server = KmipFaults.start(KmipHandler.of(BadAnswersTest::answer));
        client = server.client().version(KmipVersion.V1_4).open();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static KmipResponse answer(KmipRequest<?> request) throws TokenException {
        if (request instanceof Locate.Request) {
            return new Locate.Response(List.of(KEY, OTHER), null);
        }
        if (request instanceof GetAttributes.Request asked && asked.uniqueIdentifier() != null) {
            return new GetAttributes.Response(
                    asked.uniqueIdentifier(),
                    Attributes.of()
                            .with(AttributeType.STATE, State.ACTIVE)
                            .with(AttributeType.CONTACT_INFORMATION, SECRET));
        }
        if (request instanceof Create.Request) {
            return new Create.Response(ObjectType.SYMMETRIC_KEY, KEY, Attributes.NONE);
        }
        throw new ObjectNotFoundException(new Status("ItemNotFound", 1), "there is nothing here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.4", "2.1"})
    void fields_inAnotherOrderOrOfALaterVersion_areReadAsEver(String version) throws Exception {
        try (KmipClient other =
                server.client().version(KmipVersion.parse(version)).open()) {
            for (KmipFault fault : List.of(KmipFault.otherOrder(), KmipFault.newerFields())) {
                server.always(fault);

                assertThat(other.locate(Attributes.NONE)).containsExactly(KEY, OTHER);
                assertThat(other.getAttributes(KEY).get(AttributeType.STATE)).contains(State.ACTIVE);
                assertThatThrownBy(() -> other.get(KEY))
                        .isInstanceOf(ObjectNotFoundException.class)
                        .hasMessageContaining("there is nothing here");
            }
        }
    }

    @Test
    void answer_thatComesTwice_isNotTakenForTheNext() throws Exception {
        server.next(KmipFault.twice());
        client.getAttributes(KEY);

        assertThat(client.locate(Attributes.NONE)).containsExactly(KEY, OTHER);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void connection_withAnAnswerToSomethingElse_isUsedNoMore() throws Exception {
        server.next(KmipFault.otherOperation(Operation.CREATE), KmipFault.otherObject(OTHER));
        assertThatThrownBy(() -> client.locate(Attributes.NONE)).isInstanceOf(TokenProtocolException.class);
        assertThatThrownBy(() -> client.getAttributes(KEY)).isInstanceOf(TokenProtocolException.class);

        assertThat(client.locate(Attributes.NONE)).containsExactly(KEY, OTHER);
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void bytes_thatComeOneByOne_areReadAsEver() throws Exception {
        server.next(KmipFault.byteAtATime(Duration.ofNanos(1)));

        assertThat(client.locate(Attributes.NONE)).containsExactly(KEY, OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.4", "2.1"})
    void header_of10_doesNotHideTheAnswer(String version) throws Exception {
        try (KmipClient other =
                server.client().version(KmipVersion.parse(version)).open()) {
            server.always(KmipFault.headerOf(KmipVersion.V1_0));

            assertThat(other.locate(Attributes.NONE)).containsExactly(KEY, OTHER);
            assertThat(other.getAttributes(KEY).get(AttributeType.CONTACT_INFORMATION))
                    .contains(SECRET);
        }
    }

    @Test
    void message_thatEndsEarly_isAFailureThatSaysWhere() {
        server.always(KmipFault.truncated(20));

        assertThatThrownBy(() -> client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("ended after 20 bytes of a message of");
    }

    @ParameterizedTest
    @ValueSource(longs = {0xFFFF_FFF8L, 0x8000_0000L, 17L << 20})
    void message_thatSaysItIsHuge_isRefusedBeforeItIsRead(long length) {
        server.always(KmipFault.declaredLength(length));

        refused("ResponseMessage of " + length + " bytes; at most 1048576 are taken");
    }

    @Test
    void field_longerThanTheMessage_isRefusedWithItsOffset() {
        server.always(KmipFault.fieldTooLong());

        refused("ResponseMessage/ResponseHeader at offset 8: Structure of ");
    }

    @Test
    void structures_thatLieDeep_areRefusedWithTheirOffset() {
        server.always(KmipFault.nested(40));

        assertThat(refused("deeper than 32")).containsPattern("at offset \\d+");
    }

    @Test
    void field_ofTheWrongType_isRefusedWithItsOffset() {
        server.always(KmipFault.wrongTypes());

        assertThat(refused("UniqueIdentifier")).containsPattern("at offset \\d+");
    }

    @Test
    void answer_toAnotherOperation_isRefused() {
        server.always(KmipFault.otherOperation(Operation.DESTROY));

        refused("the answer is to Destroy");
    }

    @Test
    void answer_forAnotherObject_isRefused() {
        server.always(KmipFault.otherObject(OTHER));

        assertThatThrownBy(() -> client.getAttributes(KEY))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("key-1")
                .hasMessageContaining("key-2");
    }

    @Test
    void answer_toAnotherItem_isRefused() throws Exception {
        server.always(KmipFault.otherItemIds());
        KmipBatch batch = client.batch();
        KmipBatch.Answer<Locate.Response> first =
                batch.add(new Locate.Request(null, null, null, null, Attributes.NONE));
        batch.add(new Get.Request(KEY, null, null, null, null));

        assertThatThrownBy(() -> {
                    batch.send();
                    first.get();
                })
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("item");
    }

    @Test
    void answer_withFewerItems_tellsTheMissingOnesOnly() throws Exception {
        server.always(KmipFault.fewerItems(1));
        KmipBatch batch = client.batch().onError(BatchErrorContinuationOption.CONTINUE);
        KmipBatch.Answer<Locate.Response> first =
                batch.add(new Locate.Request(null, null, null, null, Attributes.NONE));
        KmipBatch.Answer<Get.Response> second = batch.add(new Get.Request(KEY, null, null, null, null));
        batch.send();

        assertThat(first.get().uniqueIdentifiers()).containsExactly(KEY, OTHER);
        assertThatThrownBy(second::get).isInstanceOf(TokenException.class);
    }

    @Test
    void answer_withNoItems_isRefused() {
        server.always(KmipFault.fewerItems(0));

        refused("0 answers came to 1 requests");
    }

    @Test
    void connection_thatEndsBeforeTheAnswer_isUnavailability() {
        for (KmipFault fault : List.of(KmipFault.dropBefore(), KmipFault.dropAfter())) {
            server.always(fault);

            assertThatThrownBy(() -> client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("ended the connection instead of answering");
        }
    }

    @Test
    void server_thatClosesIdleConnections_isReachedAgain() throws Exception {
        server.closeIdleAfter(Duration.ofMillis(200));
        for (int i = 0; i < 3; i++) {
            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY, OTHER);
            Awaitility.await().until(() -> server.openConnections() == 0);
        }
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void server_thatHangs_isGivenUpAtTheDeadline() {
        server.always(KmipFault.hang());

        assertThatThrownBy(() -> client.within(Duration.ofMillis(300)).locate(Attributes.NONE))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("no answer within PT0.3S");
    }

    @Test
    void server_thatRefusesVersions_isSpokenToInTheLowest() throws Exception {
        server.always(KmipFault.refusing(KmipVersion.V1_1, KmipVersion.V1_2));
        try (KmipClient other = server.client().open()) {
            assertThat(other.version()).isEqualTo(KmipVersion.V1_0);
        }
    }

    @Test
    void reason_ofALaterVersion_isAFailureWithItsNumber() {
        server.always(KmipFault.failing(new ResultReason(0x7FF), "something new"));

        assertThatThrownBy(() -> client.locate(Attributes.NONE))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("something new")
                .satisfies(e -> assertThat(((TokenException) e).status().code()).isEqualTo(0x7FF));
    }

    @Test
    void fault_onOneOperation_leavesOthersAlone() throws Exception {
        server.always(KmipFault.pending(Bytes.of((byte) 1)).on(Operation.CREATE));

        assertThat(client.locate(Attributes.NONE)).containsExactly(KEY, OTHER);
        assertThatThrownBy(() -> client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE))
                .isInstanceOf(TokenException.class);
    }

    /** Locates and reads attributes, both in vain; returns the message of the latter. */
    private String refused(String problem) {
        assertThatThrownBy(() -> client.locate(Attributes.NONE))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining(SECRET);
        try {
            client.getAttributes(KEY);
            throw new AssertionError("the answer was taken");
        } catch (TokenException e) {
            assertThat(e).isInstanceOf(TokenProtocolException.class).hasMessageContaining(problem);
            assertThat(e.toString() + e.getCause()).doesNotContain(SECRET);
            return String.valueOf(e.getMessage());
        }
    }
}
