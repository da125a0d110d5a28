package org.symbolon.kmip;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseHeader;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;

/**
 * Lets the client issue the requests of cases, over TLS, to a server that replays their responses: what the server gets is what the
 * case says, and what the client makes of the responses too.
 */
public final class ClientSide implements AutoCloseable {
    private final LinkedBlockingQueue<Step> expected = new LinkedBlockingQueue<>();
    private final List<String> differences = new ArrayList<>();
    private final KmipVersion version;
    private final ScriptedServer server;
    private final KmipClient client;
    private int exchanges;
    private @Nullable ResponseMessage pending;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IMPATIENCE = Duration.ofSeconds(1);
    private static final Set<Operation> ABOUT_PENDING = Set.of(Operation.POLL, Operation.CANCEL);

    /** A request of a case, and the response that is replayed. */
    private record Step(int number, RequestMessage request, ResponseMessage response) {
        Operation first() {
            return request.items().get(0).operation();
        }
    }

    /** Starts a server for the cases of a version, with its keys in a folder. */
    public ClientSide(Path folder, String version) throws Exception {
        this.version = KmipVersion.parse(version);
        server = ScriptedServer.answering(folder, this::answer);
        client = open(List.of(), PATIENCE);
    }

    private KmipClient open(List<Credential> credentials, Duration timeout)
            throws GeneralSecurityException, IOException {
        KmipClientBuilder builder = server.client().version(version).timeout(timeout);
        credentials.forEach(builder::credential);
        return builder.open();
    }

    /** How many requests were sent. */
    public int exchanges() {
        return exchanges;
    }

    /** Runs a case; returns what is other than it says. */
    public List<String> run(OasisCase each) throws Exception {
        differences.clear();
        Deque<Step> steps = new ArrayDeque<>(steps(each));
        while (!steps.isEmpty()) {
            Step step = steps.remove();
            expected.clear();
            expected.add(step);
            exchanges++;
            Step last = step;
            while (!steps.isEmpty() && ABOUT_PENDING.contains(steps.element().first())) {
                last = steps.remove(); // what the client asks by itself until the answer is there
                expected.add(last);
                exchanges++;
            }
            RequestHeader header = step.request.header();
            List<Credential> credentials = header.authentication() == null
                    ? List.of()
                    : header.authentication().credentials();
            boolean givenUp = last.first().equals(Operation.CANCEL);
            if (credentials.isEmpty() && !givenUp) {
                issue(client, step, last);
            } else {
                try (KmipClient other = open(credentials, givenUp ? IMPATIENCE : PATIENCE)) {
                    issue(other, step, last);
                }
            }
            if (!expected.isEmpty()) {
                differ(expected.element(), "the client did not ask this");
            }
        }
        return List.copyOf(differences);
    }

    private static List<Step> steps(OasisCase each) throws MalformedTtlvException {
        List<Step> steps = new ArrayList<>();
        Deque<RequestMessage> open = new ArrayDeque<>();
        for (Ttlv.Structure message : each.decoded()) {
            if (message.tag().equals(MessageCodec.REQUEST)) {
                open.add(MessageCodec.decodeRequest(message));
            } else {
                steps.add(new Step(steps.size(), open.remove(), MessageCodec.decodeResponse(message)));
            }
        }
        return steps;
    }

    /** Issues a request; the answer is in the response of the last step. */
    private void issue(KmipClient by, Step step, Step last) throws MalformedTtlvException {
        RequestHeader header = step.request.header();
        KmipBatch batch = by.batch()
                .onError(Optional.ofNullable(header.batchErrorContinuationOption())
                        .orElse(BatchErrorContinuationOption.STOP));
        if (Boolean.TRUE.equals(header.batchOrderOption())) {
            batch.inOrder();
        }
        if (header.asynchronousIndicator() != null) {
            batch.asynchronously();
        }
        List<KmipBatch.Answer<? extends KmipResponse>> answers = new ArrayList<>();
        for (RequestBatchItem item : step.request.items()) {
            answers.add(batch.add(decoded(item)));
        }
        try {
            batch.send();
        } catch (TokenException e) {
            ResponseBatchItem first = last.response.items().get(0);
            boolean givenUp = last.first().equals(Operation.CANCEL) && e instanceof TokenUnavailableException;
            if (givenUp) {
                return;
            }
            if (first.operation() != null || !e.status().name().equals(String.valueOf(first.resultReason()))) {
                differ(step, "the client fails: " + e.getMessage());
            }
            return;
        }
        for (int i = 0; i < last.response.items().size(); i++) {
            check(last, last.response.items().get(i), answers.get(i));
        }
    }

    private void check(Step step, ResponseBatchItem item, KmipBatch.Answer<? extends KmipResponse> answer)
            throws MalformedTtlvException {
        try {
            KmipResponse response = answer.get();
            KmipResponse wanted = MessageCodec.decodePayload(
                    Optional.ofNullable(item.responsePayload()).orElseThrow(), response.getClass(), version);
            if (!response.equals(wanted) || !item.resultStatus().equals(ResultStatus.SUCCESS)) {
                differ(step, response + " was understood instead of " + wanted);
            }
        } catch (TokenException e) {
            boolean same = e.status().name().equals(String.valueOf(item.resultReason()))
                    || item.resultStatus().equals(ResultStatus.OPERATION_UNDONE);
            if (item.resultStatus().equals(ResultStatus.SUCCESS) || !same) {
                differ(step, "the client says " + e.getMessage());
            }
        }
    }

    private Ttlv answer(Ttlv.Structure got) throws IOException {
        RequestMessage request = MessageCodec.decodeRequest(got);
        boolean again = request.items().get(0).operation().equals(Operation.POLL)
                && Optional.ofNullable(expected.peek())
                        .filter(next -> next.first().equals(Operation.CANCEL))
                        .isPresent();
        if (again) {
            return MessageCodec.encode(Objects.requireNonNull(pending)); // until the client gives it up
        }
        Step step = Optional.ofNullable(expected.poll()).orElseThrow(() -> new IOException("nothing is expected"));
        pending = step.response;
        List<RequestBatchItem> items = request.items();
        compare(step, request);
        List<ResponseBatchItem> replayed = new ArrayList<>();
        for (int i = 0; i < step.response.items().size(); i++) {
            ResponseBatchItem item = step.response.items().get(i);
            replayed.add(new ResponseBatchItem(
                    item.operation(),
                    i < items.size() ? items.get(i).uniqueBatchItemId() : null,
                    item.resultStatus(),
                    item.resultReason(),
                    item.resultMessage(),
                    item.asynchronousCorrelationValue(),
                    item.responsePayload(),
                    item.messageExtension()));
        }
        ResponseHeader header = step.response.header();
        return MessageCodec.encode(new ResponseMessage(header, replayed));
    }

    private void compare(Step step, RequestMessage got) throws MalformedTtlvException {
        List<KmipRequest<?>> asked = new ArrayList<>();
        List<KmipRequest<?>> wanted = new ArrayList<>();
        for (RequestBatchItem item : got.items()) {
            asked.add(decoded(item));
        }
        for (RequestBatchItem item : step.request.items()) {
            wanted.add(decoded(item));
        }
        if (!asked.equals(wanted)) {
            differ(step, asked + " was asked instead of " + wanted);
        }
        RequestHeader one = got.header();
        RequestHeader other = step.request.header();
        boolean ordered = Boolean.TRUE.equals(other.batchOrderOption()) && other.batchCount() > 1;
        boolean same = one.protocolVersion().equals(version)
                && Boolean.TRUE.equals(one.batchOrderOption()) == ordered
                && Objects.equals(option(one), option(other))
                && Objects.equals(one.asynchronousIndicator(), other.asynchronousIndicator())
                && Objects.equals(one.authentication(), other.authentication());
        if (!same) {
            differ(step, "the header is " + one + " instead of " + other);
        }
    }

    private static BatchErrorContinuationOption option(RequestHeader header) {
        BatchErrorContinuationOption option = header.batchErrorContinuationOption();
        return option == null || header.batchCount() == 1 ? BatchErrorContinuationOption.STOP : option;
    }

    private KmipRequest<?> decoded(RequestBatchItem item) throws MalformedTtlvException {
        return MessageCodec.decodePayload(
                item.requestPayload(),
                OperationTable.row(item.operation()).orElseThrow().request(),
                version);
    }

    private synchronized void differ(Step step, String difference) {
        differences.add("step " + step.number + ": " + difference);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
