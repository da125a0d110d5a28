package org.symbolon.remote.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.symbolon.remote.rpc.RpcCall;

/** What a server counts while it serves. Nothing in it comes from clients, so it never grows. Thread-safe, without locks. */
final class ServerMetrics {
    private final Map<RpcCall, CallCount> calls = new EnumMap<>(RpcCall.class);
    private final Map<CutOff, LongAdder> cutOff = new EnumMap<>(CutOff.class);
    private final LongAdder connections = new LongAdder();
    private final LongAdder sessions = new LongAdder();

    ServerMetrics() {
        for (RpcCall call : RpcCall.values()) {
            calls.put(call, new CallCount());
        }
        for (CutOff reason : CutOff.values()) {
            cutOff.put(reason, new LongAdder());
        }
    }

    void served(RpcCall call, long returnValue, long nanos) {
        Objects.requireNonNull(calls.get(call)).add(returnValue, nanos);
    }

    void cutOff(CutOff reason) {
        Objects.requireNonNull(cutOff.get(reason)).increment();
    }

    void connected() {
        connections.increment();
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
        text.family("symbolon_operations_total", "counter", "Calls of PKCS #11's functions, by their return value.");
        calls.forEach((call, count) -> count.results()
                .forEach((result, times) -> text.sample(
                        "symbolon_operations_total", times, "function", call.function(), "result", result)));
        text.family(
                "symbolon_operation_duration_seconds",
                "histogram",
                "How long calls took, without their way to and fro.");
        calls.forEach((call, count) -> writeTo(text, call.function(), count));
        text.family("symbolon_connections_total", "counter", "Clients that were let in.");
        text.sample("symbolon_connections_total", connections.sum());
        text.family("symbolon_cut_off_total", "counter", "Clients that were refused or cut off, by the reason.");
        cutOff.forEach((reason, count) -> text.sample("symbolon_cut_off_total", count.sum(), "reason", reason.label()));
        text.family("symbolon_sessions", "gauge", "Sessions of PKCS #11 that clients have open.");
        text.sample("symbolon_sessions", sessions());
    }

    private static void writeTo(PrometheusText text, String function, CallCount count) {
        long[] cumulative = count.cumulative();
        long all = cumulative[cumulative.length - 1];
        if (all == 0) {
            return;
        }
        for (int i = 0; i < CallCount.BOUNDS_NANOS.length; i++) {
            text.sample(
                    "symbolon_operation_duration_seconds_bucket",
                    cumulative[i],
                    "function",
                    function,
                    "le",
                    PrometheusText.number(CallCount.BOUNDS_NANOS[i] / 1e9));
        }
        text.sample("symbolon_operation_duration_seconds_bucket", all, "function", function, "le", "+Inf");
        text.sample("symbolon_operation_duration_seconds_sum", count.seconds(), "function", function);
        text.sample("symbolon_operation_duration_seconds_count", all, "function", function);
    }
}
