package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.AsynchronousIndicator;
import org.symbolon.kmip.enumeration.CancellationResult;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Cancel;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Ttlv;

/** Operations that a server does later. */
class PendingAnswersTest {
    private static final Bytes PENDING = Bytes.ofHex("0a0b");
    private static final UniqueIdentifier KEY = UniqueIdentifier.of("key-1");

    @TempDir
    private Path folder;

    private final List<RequestMessage> seen = Collections.synchronizedList(new ArrayList<>());

    /** Answers a Locate at the given Poll, or never. */
    private Ttlv answer(Ttlv.Structure request, int polls) throws org.symbolon.kmip.ttlv.MalformedTtlvException {
        RequestMessage message = MessageCodec.decodeRequest(request);
        seen.add(message);
        RequestBatchItem item = Answer.only(message);
        KmipVersion version = message.header().protocolVersion();
        if (item.operation().equals(Operation.CANCEL)) {
            return Answer.message(
                    version, Answer.success(item, new Cancel.Response(PENDING, CancellationResult.CANCELED), version));
        }
        boolean done = asked(Operation.POLL) >= polls;
        return Answer.message(
                version,
                new ResponseBatchItem(
                        Operation.LOCATE,
                        null,
                        done ? ResultStatus.SUCCESS : ResultStatus.OPERATION_PENDING,
                        null,
                        null,
                        done ? null : PENDING,
                        done ? MessageCodec.encodePayload(new Locate.Response(List.of(KEY), null), version) : null,
                        null));
    }

    private long asked(Operation operation) {
        return seen.stream()
                .filter(message -> Answer.only(message).operation().equals(operation))
                .count();
    }

    private static KmipBatch.Answer<Locate.Response> locate(KmipClient client) throws Exception {
        KmipBatch batch = client.batch().asynchronously();
        KmipBatch.Answer<Locate.Response> answer =
                batch.add(new Locate.Request(null, null, null, null, Attributes.NONE));
        batch.send();
        return answer;
    }

    @Test
    void send_asynchronously_asksUntilItIsDone() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> answer(request, 3));
                KmipClient client = server.client().version(KmipVersion.V1_2).open()) {
            assertThat(locate(client).get().uniqueIdentifiers()).containsExactly(KEY);
        }
        assertThat(asked(Operation.POLL)).isEqualTo(3);
        assertThat(seen.get(0).header().asynchronousIndicator()).isEqualTo(AsynchronousIndicator.OPTIONAL);
    }

    @Test
    void send_asynchronouslyUntilTheTimeIsOver_cancels() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(folder, request -> answer(request, Integer.MAX_VALUE));
                KmipClient client = server.client()
                        .version(KmipVersion.V2_1)
                        .timeout(Duration.ofSeconds(1))
                        .open()) {
            assertThatThrownBy(() -> locate(client))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("Locate, pending at localhost");
        }
        assertThat(asked(Operation.CANCEL)).isEqualTo(1);
    }

    /** A server to which no connection comes about. */
    private static Node unreachable() {
        ServerAddress address = new ServerAddress("localhost", 1);
        IdleLimit idle = new IdleLimit(address, Duration.ofSeconds(1));
        Connections none = new Connections(
                address,
                deadline -> {
                    throw new ConnectException("refused");
                },
                idle,
                1);
        return new Node(address, none, idle, Optional.of(KmipVersion.V2_1));
    }

    private static Create.Request creation() {
        return new Create.Request(ObjectType.SYMMETRIC_KEY, Attributes.NONE, null);
    }

    @Test
    void settle_whereThePollIsNotSent_doesNotSayThatTheOperationWasNot() {
        Exchange exchange = new Exchange(new ShownCredentials(List.of(), Optional.empty()), 1 << 20, false);
        CallScope scope = CallScope.until(Deadline.after(Duration.ofSeconds(5)));

        assertThatThrownBy(() -> new PendingAnswers(exchange)
                        .settle(
                                unreachable(),
                                List.of(creation()),
                                List.of(new Exchange.Outcome(null, null, PENDING)),
                                scope))
                .isInstanceOfSatisfying(
                        LostException.class, lost -> assertThat(lost.kind()).isEqualTo(LostException.Kind.SILENT));
    }

    /** Has every Create pending for ever. */
    private static Ttlv.Structure cancelling(Ttlv.Structure request, CancellationResult result)
            throws org.symbolon.kmip.ttlv.MalformedTtlvException {
        RequestMessage message = MessageCodec.decodeRequest(request);
        RequestBatchItem item = Answer.only(message);
        KmipVersion version = message.header().protocolVersion();
        ResponseBatchItem answer = item.operation().equals(Operation.CANCEL)
                ? Answer.success(item, new Cancel.Response(PENDING, result), version)
                : new ResponseBatchItem(
                        Operation.CREATE, null, ResultStatus.OPERATION_PENDING, null, null, PENDING, null, null);
        return (Ttlv.Structure) Answer.message(version, answer);
    }

    @ParameterizedTest
    @EnumSource
    void create_pendingUntilTheTimeIsOver_isMaybeDoneUnlessItWasCancelled(CancelCase each) throws Exception {
        try (KmipFaults server = KmipFaults.start(request -> cancelling(request, each.result));
                KmipClient client = server.client()
                        .version(KmipVersion.V2_1)
                        .timeout(Duration.ofSeconds(2))
                        .open()) {
            KmipBatch batch = client.batch().asynchronously();
            batch.add(creation());

            TokenUnavailableException failure = catchThrowableOfType(TokenUnavailableException.class, batch::send);

            assertThat(failure.getCause() instanceof MaybeDoneException).isEqualTo(each.maybeDone);
        }
    }

    private enum CancelCase {
        CANCELED(CancellationResult.CANCELED, false),
        UNABLE(CancellationResult.UNABLE_TO_CANCEL, true);

        private final CancellationResult result;
        private final boolean maybeDone;

        CancelCase(CancellationResult result, boolean maybeDone) {
            this.result = result;
            this.maybeDone = maybeDone;
        }
    }
}
