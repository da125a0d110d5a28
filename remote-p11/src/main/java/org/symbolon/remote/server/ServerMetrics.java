package org.symbolon.remote.server;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.symbolon.Status;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.serve.CallCount;
import org.symbolon.serve.PrometheusText;

/** What a server counts while it serves. Nothing in it comes from clients, so it never grows. Thread-safe, without locks. */
final class ServerMetrics {
    private static final String UNKNOWN = "other"; // a peer's own return values are without number

    private final Map<RpcCall, CallCount> calls = new EnumMap<>(RpcCall.class);
    private final LongAdder sessions = new LongAdder();

    ServerMetrics() {
        for (RpcCall call : RpcCall.values()) {
            calls.put(call, new CallCount());
        }
    }

    void served(RpcCall call, long returnValue, long nanos) {
        Objects.requireNonNull(calls.get(call)).add(returnValue == 0 ? "CKR_OK" : name(returnValue), nanos);
    }

    private static String name(long returnValue) {
        String name = Status.ckr(returnValue).name();
        return name.startsWith("CKR_0x") ? UNKNOWN : name;
    }

    void sessionsOpened(int count) {
        sessions.add(count);
    }

    void sessionsClosed(int count) {
        sessions.add(-count);
    }

    /** Returns how many sessions are open. */
    long sessions() {
        return sessions.sum();
    }

    /** Appends what was counted. */
    void writeTo(PrometheusText text) {
        Map<String, CallCount> byFunction = new LinkedHashMap<>();
        calls.forEach((call, count) -> byFunction.put(call.function(), count));
        CallCount.writeTo(text, "symbolon_", "function", byFunction);
        text.family("symbolon_sessions", "gauge", "Sessions of PKCS #11 that clients have open.");
        text.sample("symbolon_sessions", sessions());
    }
}
