package org.symbolon.spring;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SshSelfServiceConfiguration;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.publickey.SelfServicePolicy;
import org.symbolon.ssh.publickey.SelfServiceStore;
import org.symbolon.ssh.publickey.TokenSelfServiceStore;

/** Users who manage their own keys. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(SshSelfServiceBeans.ENABLED)
class SshSelfServiceBeans {
    static final String ENABLED = SymbolonProperties.PREFIX + ".ssh.self-service.enabled";
    private static final String NAMESPACES = SymbolonProperties.PREFIX + ".ssh.self-service.namespaces.";

    @Bean
    @ConditionalOnMissingBean
    SelfServicePolicy symbolonSelfServicePolicy(SymbolonProperties properties) {
        return SshProperties.checked("self-service", () -> SelfServicePolicy.of(configuration(properties)));
    }

    @Bean
    @ConditionalOnMissingBean
    SelfServiceStore symbolonSelfServiceStore(
            SymbolonTokens tokens, SymbolonProperties properties, AuthorizedKeys users)
            throws TokenException, ConfigurationException {
        TokenSelfServiceStore store = TokenSelfServiceStore.of(properties.ssh().usersIn(tokens, ENABLED), users);
        for (SshSelfServiceConfiguration.Namespace namespace :
                configuration(properties).namespaces()) {
            if (namespace.token().isPresent()) {
                String token = tokens.named(
                        NAMESPACES + namespace.name() + ".token",
                        namespace.token().get());
                store = store.withToken(namespace.name(), tokens.session(token));
            }
        }
        return store;
    }

    @Bean
    @ConditionalOnMissingBean
    PublicKeySubsystem symbolonPublicKeySubsystem(SelfServiceStore store, SelfServicePolicy policy) {
        return new PublicKeySubsystem(store, policy);
    }

    private static SshSelfServiceConfiguration configuration(SymbolonProperties properties) {
        return SshProperties.checked("self-service", properties.ssh().selfService()::configuration);
    }
}
