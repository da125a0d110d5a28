package org.symbolon.spring;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code application.yml} says under {@code symbolon}. Unknown keys are mistakes.
 *
 * @param config Configuration file (symbolon.yaml) that names tokens, beside those of symbolon.tokens.
 * @param tokens Tokens by name, with the keys of the configuration file.
 * @param jca Java's security providers.
 * @param ssl TLS with keys that stay in tokens.
 * @param ssh SSH with keys that stay in tokens.
 */
@ConfigurationProperties(prefix = SymbolonProperties.PREFIX, ignoreUnknownFields = false)
record SymbolonProperties(
        @Nullable Path config,
        @DefaultValue Map<String, TokenProperties> tokens,
        @NestedConfigurationProperty @DefaultValue JcaProperties jca,
        @NestedConfigurationProperty @DefaultValue SslProperties ssl,
        @NestedConfigurationProperty @DefaultValue SshProperties ssh) {
    static final String PREFIX = "symbolon";
}
