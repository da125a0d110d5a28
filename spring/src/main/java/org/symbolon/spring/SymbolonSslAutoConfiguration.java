package org.symbolon.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;

/** SSL bundles whose keys stay in tokens. */
@AutoConfiguration(after = SymbolonAutoConfiguration.class, before = SslAutoConfiguration.class)
public final class SymbolonSslAutoConfiguration {
    SymbolonSslAutoConfiguration() {}

    @Bean
    TokenSslBundles symbolonSslBundles(
            SymbolonTokens tokens,
            SymbolonProperties properties,
            InstalledProviders providers,
            ResourceLoader resources) {
        return new TokenSslBundles(tokens, properties.ssl(), providers, resources);
    }
}
