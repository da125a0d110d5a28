package org.symbolon.kmip.server;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.ValueTable;

/** The operations that a server has. */
final class Handlers {
    private final Map<Operation, Entry<?, ?>> entries = new HashMap<>();
    private @Nullable Asynchronous later;
    private Runnable afterEach = () -> {};

    private record Entry<Q extends KmipRequest<R>, R extends KmipResponse>(
            Class<Q> request, OperationHandler<Q, R> handler) {
        Ttlv run(Ttlv payload, Batch batch) throws KmipFailure, TokenException, MalformedTtlvException {
            Q decoded = MessageCodec.decodePayload(payload, request, batch.version());
            return MessageCodec.encodePayload(handler.handle(decoded, batch), batch.version());
        }
    }

    /** Sets what is done after each operation, in its thread. */
    void afterEach(Runnable task) {
        afterEach = task;
    }

    /** Lets requests be answered later. */
    void answerLater(Asynchronous requests) {
        later = requests;
    }

    /** Returns the requests that are answered later. */
    Asynchronous later() throws KmipFailure {
        if (later == null) {
            throw new KmipFailure(ResultReason.FEATURE_NOT_SUPPORTED, "answers are given at once here");
        }
        return later;
    }

    /** Adds an operation. */
    <Q extends KmipRequest<R>, R extends KmipResponse> void add(Class<Q> request, OperationHandler<Q, R> handler) {
        for (ValueTable.Value value : ValueTable.of("Operation").values()) {
            Operation operation = new Operation(value.number());
            if (OperationTable.row(operation)
                    .filter(row -> row.request().equals(request))
                    .isPresent()) {
                entries.put(operation, new Entry<>(request, handler));
            }
        }
    }

    /** Returns the operations that clients of a version may ask for. */
    List<Operation> operations(KmipVersion version) {
        return entries.keySet().stream()
                .filter(operation -> isIn(operation, version))
                .sorted(Comparator.comparingInt(Operation::value))
                .toList();
    }

    private static boolean isIn(Operation operation, KmipVersion version) {
        return operation
                .table()
                .value(operation.value())
                .filter(value -> value.versions().includes(version))
                .isPresent();
    }

    /** Does an operation: payload in, payload out. */
    Ttlv run(Operation operation, Ttlv payload, Batch batch)
            throws KmipFailure, TokenException, MalformedTtlvException {
        @Nullable Entry<?, ?> entry = entries.get(operation);
        if (entry == null || !isIn(operation, batch.version())) {
            throw new KmipFailure(
                    ResultReason.OPERATION_NOT_SUPPORTED,
                    operation.xmlName() + " is no operation of this server in KMIP " + batch.version());
        }
        try {
            return entry.run(payload, batch);
        } finally {
            afterEach.run();
        }
    }
}
