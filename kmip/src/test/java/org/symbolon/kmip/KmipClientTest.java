package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.object.UsernameAndPassword;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** The client against servers that do what servers should, and what they should not. */
class KmipClientTest {
    private static final UniqueIdentifier KEY = UniqueIdentifier.of("key-1");

    @TempDir
    private Path folder;

    @Test
    void version_ofServerThatKnowsSome_isTheHighestCommon() throws Exception {
        List<KmipVersion> spoken = Collections.synchronizedList(new ArrayList<>());
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> {
                    RequestMessage message = MessageCodec.decodeRequest(request);
                    spoken.add(message.header().protocolVersion());
                    return message.items().get(0).operation().equals(Operation.DISCOVER_VERSIONS)
                            ? discovered(message, KmipVersion.V1_3, KmipVersion.V1_4, KmipVersion.V1_0)
                            : located(message);
                });
                KmipClient client = server.client().open()) {
            assertThat(client.version()).isEqualTo(KmipVersion.V1_4);
            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
        }
        assertThat(spoken).containsExactly(KmipVersion.V1_2, KmipVersion.V1_4);
    }

    @Test
    void version_ofServerOf10_is10() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> {
                    RequestMessage message = MessageCodec.decodeRequest(request);
                    return message.header().protocolVersion().equals(KmipVersion.V1_0)
                            ? located(message)
                            : Answer.message(
                                    KmipVersion.V1_0,
                                    Answer.failure(null, ResultReason.INVALID_MESSAGE, "unknown minor version"));
                });
                KmipClient client = server.client().open()) {
            assertThat(client.version()).isEqualTo(KmipVersion.V1_0);
            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
        }
    }

    @Test
    void version_withoutCommonOne_namesBothLists() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                        folder, request -> discovered(MessageCodec.decodeRequest(request), new KmipVersion(3, 0)));
                KmipClient client = server.client().open()) {
            assertThatThrownBy(client::version)
                    .isInstanceOf(TokenProtocolException.class)
                    .hasMessageContaining("speaks KMIP [3.0], this client [2.1, 2.0, 1.4, 1.3, 1.2, 1.1, 1.0]");
        }
    }

    @Test
    void call_refused_keepsTheServersReason() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                        folder,
                        request -> Answer.message(
                                KmipVersion.V1_4,
                                Answer.failure(
                                        Answer.only(MessageCodec.decodeRequest(request)),
                                        ResultReason.ITEM_NOT_FOUND,
                                        "no\nsuch object")));
                KmipClient client = pinned(server, KmipVersion.V1_4)) {
            assertThatThrownBy(() -> client.get(KEY))
                    .isInstanceOf(ObjectNotFoundException.class)
                    .hasMessageMatching("ItemNotFound: Get at localhost:\\d+: no such object")
                    .satisfies(e ->
                            assertThat(((TokenException) e).status().code()).isEqualTo(1));
        }
    }

    @Test
    void call_ofWhatTheVersionLacks_isRefusedBeforeItIsSent() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> {
                    throw new IOException("nothing should come");
                });
                KmipClient client = pinned(server, KmipVersion.V1_2)) {
            assertThatThrownBy(
                            () -> client.call(new Sign.Request(KEY, null, null, Bytes.of((byte) 1), null, null, null)))
                    .isInstanceOf(MechanismNotSupportedException.class)
                    .hasMessageContaining("Sign.Request has no digesteddata in KMIP 1.2");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void batch_inOrder_usesThePlaceholderAndMatchesAnswersByTheirIds() throws Exception {
        List<RequestMessage> seen = Collections.synchronizedList(new ArrayList<>());
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> {
                    RequestMessage message = MessageCodec.decodeRequest(request);
                    seen.add(message);
                    return Answer.message(
                            KmipVersion.V1_4,
                            Answer.success(message.items().get(1), new Activate.Response(KEY), KmipVersion.V1_4),
                            Answer.success(
                                    message.items().get(0),
                                    new Create.Response(ObjectType.SYMMETRIC_KEY, KEY, Attributes.NONE),
                                    KmipVersion.V1_4));
                });
                KmipClient client = pinned(server, KmipVersion.V1_4)) {
            KmipBatch batch = client.batch().inOrder();
            KmipBatch.Answer<Create.Response> key =
                    batch.add(new Create.Request(ObjectType.SYMMETRIC_KEY, Attributes.NONE, null));
            KmipBatch.Answer<Activate.Response> active = batch.add(new Activate.Request(null));
            batch.send();

            assertThat(key.get().uniqueIdentifier()).isEqualTo(KEY);
            assertThat(active.get().uniqueIdentifier()).isEqualTo(KEY);
            assertThat(seen.get(0).header().batchOrderOption()).isTrue();
        }
    }

    @Test
    void batch_thatStopped_tellsWhatWasNotDone() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> {
                    RequestMessage message = MessageCodec.decodeRequest(request);
                    return Answer.message(
                            KmipVersion.V1_4,
                            Answer.failure(message.items().get(0), ResultReason.CRYPTOGRAPHIC_FAILURE, "no"));
                });
                KmipClient client = pinned(server, KmipVersion.V1_4)) {
            KmipBatch batch = client.batch();
            KmipBatch.Answer<Activate.Response> first = batch.add(new Activate.Request(KEY));
            KmipBatch.Answer<Activate.Response> second = batch.add(new Activate.Request(KEY));
            batch.send();

            assertThatThrownBy(first::get)
                    .isInstanceOf(TokenOperationException.class)
                    .hasMessageContaining("CryptographicFailure");
            assertThatThrownBy(second::get).hasMessageContaining("the batch stopped before it was done");
        }
    }

    @Test
    void call_withPassword_showsItAndWipesIt() throws Exception {
        List<RequestMessage> seen = Collections.synchronizedList(new ArrayList<>());
        SecretBytes password = SecretBytes.copyOf("password1".getBytes(StandardCharsets.UTF_8));
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> {
                    seen.add(MessageCodec.decodeRequest(request));
                    return located(seen.get(0));
                });
                KmipClient client = server.client()
                        .version(KmipVersion.V2_1)
                        .credential(new UsernameAndPassword("Fred", password))
                        .open()) {
            client.locate(Attributes.NONE);
        }

        assertThat(seen.get(0).header().authentication())
                .hasToString("Authentication[credentials=[UsernameAndPassword[username=Fred, password=SecretBytes[9"
                        + " bytes]]]]");
        assertThatThrownBy(() -> password.toByteArray()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void call_ofServerThatStallsWithinAMessage_endsAtItsDeadline() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(folder, (request, output) -> {
                    byte[] answer = TtlvEncoder.encode(located(MessageCodec.decodeRequest(request)));
                    output.write(answer, 0, answer.length / 2);
                    output.flush();
                    return await(end);
                });
                KmipClient client = pinned(server, KmipVersion.V1_4).within(Duration.ofMillis(500))) {
            assertThatThrownBy(() -> client.locate(Attributes.NONE))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("no answer within PT0.5S while waiting for Locate");
            end.countDown();
        }
    }

    @Test
    void call_interrupted_ends() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (ScriptedServer server = ScriptedServer.start(folder, (request, output) -> {
                    asked.countDown();
                    return await(end);
                });
                KmipClient client = pinned(server, KmipVersion.V1_4)) {
            Thread caller = new Thread(() -> {
                try {
                    client.locate(Attributes.NONE);
                } catch (TokenException e) {
                    thrown.set(e);
                }
            });
            caller.start();
            asked.await();
            caller.interrupt();
            caller.join();
            end.countDown();
        }
        assertThat(thrown.get())
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("interrupted while waiting for Locate");
    }

    @Test
    void call_ofServerThatSendsByteByByte_isAnswered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(folder, (request, output) -> {
                    for (byte each : TtlvEncoder.encode(located(MessageCodec.decodeRequest(request)))) {
                        output.write(each);
                        output.flush();
                    }
                    return true;
                });
                KmipClient client = pinned(server, KmipVersion.V1_4)) {
            assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
        }
    }

    @Test
    void call_onConnectionThatTheServerEnded_isRepeatedIfItLeavesNothingBehind() throws Exception {
        AtomicInteger creates = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(folder, (request, output) -> {
                    RequestMessage message = MessageCodec.decodeRequest(request);
                    if (message.items().get(0).operation().equals(Operation.CREATE)) {
                        creates.incrementAndGet();
                        return false;
                    }
                    output.write(TtlvEncoder.encode(located(message)));
                    output.flush();
                    return false;
                });
                KmipClient client = pinned(server, KmipVersion.V1_4)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.locate(Attributes.NONE)).containsExactly(KEY);
            }
            assertThat(server.connections()).isEqualTo(3);

            assertThatThrownBy(() -> client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE))
                    .isInstanceOf(TokenUnavailableException.class);
            assertThat(creates.get()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void call_answeredWithSomethingElse_isAProtocolError() throws Exception {
        List<Ttlv> answers = List.of(
                Answer.message(KmipVersion.V1_4),
                Answer.message(KmipVersion.V1_4, wrongOperation()),
                Ttlv.Structure.of(MessageCodec.RESPONSE));
        AtomicInteger next = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> answers.get(next.getAndIncrement()));
                KmipClient client = pinned(server, KmipVersion.V1_4)) {
            for (String problem :
                    List.of("0 answers came to 1 requests", "answer is to Destroy", "has no ResponseHeader")) {
                assertThatThrownBy(() -> client.locate(Attributes.NONE))
                        .isInstanceOf(TokenProtocolException.class)
                        .hasMessageContaining(problem);
            }
        }
    }

    @Test
    void call_ofServerWithAnotherName_isRefusedWithTheReason() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.start(folder, "san=dns:elsewhere.example", (request, output) -> false);
                KmipClient client = server.client().open()) {
            assertThatThrownBy(client::version)
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("localhost");
        }
    }

    @Test
    void call_afterClose_isRefused() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(folder, (request, output) -> false)) {
            KmipClient client = pinned(server, KmipVersion.V1_4);
            client.close();
            client.close();

            assertThatThrownBy(() -> client.call(new Get.Request(KEY, null, null, null, null)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this KmipClient was closed");
        }
    }

    private static KmipClient pinned(ScriptedServer server, KmipVersion version) throws Exception {
        return server.client().version(version).open();
    }

    private static ResponseBatchItem wrongOperation() {
        return new ResponseBatchItem(
                Operation.DESTROY,
                null,
                org.symbolon.kmip.enumeration.ResultStatus.SUCCESS,
                null,
                null,
                null,
                null,
                null);
    }

    private static Ttlv located(RequestMessage request) {
        KmipVersion version = request.header().protocolVersion();
        return Answer.message(
                version, Answer.success(Answer.only(request), new Locate.Response(List.of(KEY), null), version));
    }

    private static Ttlv discovered(RequestMessage request, KmipVersion... versions) {
        KmipVersion version = request.header().protocolVersion();
        return Answer.message(
                version,
                Answer.success(Answer.only(request), new DiscoverVersions.Response(List.of(versions)), version));
    }

    private static boolean await(CountDownLatch end) throws IOException {
        try {
            end.await();
            return false;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
