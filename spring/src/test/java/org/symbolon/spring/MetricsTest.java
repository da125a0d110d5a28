package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.Operation;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.spi.Request;

class MetricsTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private TestToken team;

    @BeforeEach
    void makeToken() throws Exception {
        team = TestToken.in(directory);
        team.generate("deploy");
    }

    private ApplicationContextRunner runner() {
        return Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new);
    }

    @Test
    void operations_ofEveryKind_areTimed() {
        runner().run(context -> {
            Session session = context.getBean(Session.class);
            PrivateKeyObject key = session.privateKey("deploy");
            session.sign(key, Mechanism.ECDSA_SHA256, MESSAGE);
            session.sign(key, Mechanism.ECDSA_SHA256, MESSAGE);
            session.random(8);

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(timer(registry, "Sign", "CKM_ECDSA_SHA256", "success").count())
                    .isEqualTo(2);
            assertThat(timer(registry, "Sign", "CKM_ECDSA_SHA256", "success").totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            assertThat(timer(registry, "Generate random", "none", "success").count())
                    .isEqualTo(1);
            assertThat(timer(registry, "Find", "none", "success").count()).isPositive();
        });
    }

    @Test
    void operation_thatFails_isTimedWithItsStatus() {
        runner().run(context -> {
            Session session = context.getBean(Session.class);
            PrivateKeyObject key = session.privateKey("deploy");
            assertThatThrownBy(() -> session.sign(key, Mechanism.EDDSA, MESSAGE))
                    .hasMessageContaining("CKR_");

            assertThat(context.getBean(MeterRegistry.class)
                            .find(OperationTimers.NAME)
                            .tag("verb", "Sign")
                            .timers())
                    .singleElement()
                    .extracting(timer -> timer.getId().getTag("outcome"))
                    .asString()
                    .startsWith("CKR_");
        });
    }

    @Test
    void operation_thatStreams_isTimedOnceAtItsEnd() {
        runner().run(context -> {
            Session session = context.getBean(Session.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            try (Operation operation = session.startSign(session.privateKey("deploy"), Mechanism.ECDSA_SHA256)) {
                operation.update(MESSAGE);
                operation.update(MESSAGE);
                assertThat(registry.find(OperationTimers.NAME)
                                .tag("verb", "Sign")
                                .timers())
                        .isEmpty();
                operation.finish();
            }

            assertThat(timer(registry, "Sign", "CKM_ECDSA_SHA256", "success").count())
                    .isEqualTo(1);
        });
    }

    @Test
    void batch_countsEachRequest() {
        runner().run(context -> {
            Session session = context.getBean(Session.class);
            PrivateKeyObject key = session.privateKey("deploy");
            Request.Sign good = new Request.Sign(key, Mechanism.ECDSA_SHA256, Bytes.wrap(MESSAGE));
            Request.Sign bad = new Request.Sign(key, Mechanism.EDDSA, Bytes.wrap(MESSAGE));
            session.performAll(List.of(good, bad, good));

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(timer(registry, "Sign", "CKM_ECDSA_SHA256", "success").count())
                    .isEqualTo(2);
            assertThat(registry.find(OperationTimers.NAME)
                            .tag("mechanism", "CKM_EDDSA")
                            .timers())
                    .hasSize(1);
        });
    }

    @Test
    void sessions_withoutRegistry_work() {
        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .run(context ->
                        assertThat(context.getBean(Session.class).random(8)).hasSize(8));
    }

    @Test
    void sessions_withoutMicrometer_work() {
        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context ->
                        assertThat(context.getBean(Session.class).random(8)).hasSize(8));
    }

    private static Timer timer(MeterRegistry registry, String verb, String mechanism, String outcome) {
        return registry.get(OperationTimers.NAME)
                .tag("token", "team")
                .tag("verb", verb)
                .tag("mechanism", mechanism)
                .tag("outcome", outcome)
                .timer();
    }
}
