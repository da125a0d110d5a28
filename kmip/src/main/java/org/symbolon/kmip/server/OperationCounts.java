package org.symbolon.kmip.server;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.ttlv.ValueTable;
import org.symbolon.serve.CallCount;
import org.symbolon.serve.PrometheusText;

/** How often each of the standard's operations was asked for, and what came of it. Never grows. Thread-safe. */
final class OperationCounts {
    private static final String SUCCESS = "Success";

    private final Map<Operation, CallCount> counts = new HashMap<>();

    OperationCounts() {
        for (ValueTable.Value value : ValueTable.of("Operation").values()) {
            counts.put(new Operation(value.number()), new CallCount());
        }
    }

    /** Counts an operation, if the standard has it. */
    void add(Operation operation, ResponseBatchItem done, long nanos) {
        CallCount count = counts.get(operation);
        if (count != null) {
            count.add(
                    done.resultReason() == null ? SUCCESS : done.resultReason().xmlName(), nanos);
        }
    }

    /** Appends what was counted. */
    void writeTo(PrometheusText text) {
        Map<String, CallCount> byName = new TreeMap<>();
        counts.forEach((operation, count) -> byName.put(operation.xmlName(), count));
        CallCount.writeTo(text, "symbolon_kmip_", "operation", byName);
    }
}
