package org.symbolon.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.TokenException;
import org.symbolon.spi.Request;

/**
 * The timer {@code symbolon.operation} of one token, by verb, mechanism and outcome. The outcome is {@code success} or the
 * status that the token gave, such as {@code CKR_PIN_INCORRECT}. No tag names a key or a user.
 */
final class OperationTimers {
    static final String NAME = "symbolon.operation";
    private static final String SUCCESS = "success";

    private final MeterRegistry registry;
    private final String token;
    private final Map<Tags, Timer> timers = new ConcurrentHashMap<>();

    OperationTimers(MeterRegistry registry, String token) {
        this.registry = registry;
        this.token = token;
    }

    private record Tags(String verb, String mechanism, String outcome) {}

    void succeeded(Request<?> request, Duration time) {
        record(request, SUCCESS, time);
    }

    void failed(Request<?> request, TokenException failure, Duration time) {
        record(request, failure.status().name(), time);
    }

    private void record(Request<?> request, String outcome, Duration time) {
        String mechanism = request.mechanism().map(given -> given.type().name()).orElse("none");
        timers.computeIfAbsent(new Tags(request.verb(), mechanism, outcome), this::register)
                .record(time);
    }

    private Timer register(Tags tags) {
        return Timer.builder(NAME)
                .description("Time that operations on tokens take")
                .tag("token", token)
                .tag("verb", tags.verb)
                .tag("mechanism", tags.mechanism)
                .tag("outcome", tags.outcome)
                .register(registry);
    }
}
