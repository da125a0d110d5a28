package org.symbolon.spring;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Health of each token, where the application has Spring Boot's health. */
@AutoConfiguration(after = SymbolonAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("symbolon")
public final class SymbolonHealthAutoConfiguration {
    SymbolonHealthAutoConfiguration() {}

    @Bean
    HealthContributor symbolonHealthContributor(SymbolonTokens tokens) {
        Map<String, HealthContributor> indicators = new TreeMap<>();
        tokens.names().forEach(name -> indicators.put(name, new TokenHealthIndicator(tokens, name)));
        return CompositeHealthContributor.fromMap(indicators);
    }
}
