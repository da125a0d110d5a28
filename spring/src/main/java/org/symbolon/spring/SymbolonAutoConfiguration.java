package org.symbolon.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The tokens that {@code symbolon.tokens} and {@code symbolon.config} name, and their JCA providers. */
@AutoConfiguration
@EnableConfigurationProperties(SymbolonProperties.class)
@Import(TokenBeans.class)
public final class SymbolonAutoConfiguration {
    static final String TOKENS = "symbolonTokens";

    SymbolonAutoConfiguration() {}

    @Bean(TOKENS)
    SymbolonTokens symbolonTokens(SymbolonProperties properties, ObjectProvider<SessionCustomizer> customizers) {
        return new SymbolonTokens(
                TokenConfigurations.of(properties),
                () -> customizers.orderedStream().toList());
    }

    @Bean
    InstalledProviders symbolonProviders(SymbolonTokens tokens, SymbolonProperties properties) {
        return new InstalledProviders(tokens, properties.jca());
    }
}
