package org.symbolon.spring;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Metrics of every operation on tokens, where the application has Micrometer. */
@AutoConfiguration(after = SymbolonAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "management.metrics.enable.symbolon", matchIfMissing = true)
public final class SymbolonMetricsAutoConfiguration {
    SymbolonMetricsAutoConfiguration() {}

    /** Nearest to the token, so that it times the token and not what other customizers add. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SessionCustomizer symbolonMetrics(ObjectProvider<MeterRegistry> registry) {
        return (token, session) -> {
            MeterRegistry present = registry.getIfAvailable();
            return present == null
                    ? session
                    : session.decorated(spi -> new MeteredSession(spi, new OperationTimers(present, token)));
        };
    }
}
