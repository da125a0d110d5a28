package org.symbolon.spring;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;

/** Registers for each token its module, session and provider: lazy, closed by {@link SymbolonTokens}. */
final class TokenBeans implements ImportBeanDefinitionRegistrar {
    private final Environment environment;

    TokenBeans(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        Binder.get(environment)
                .bind(SymbolonProperties.PREFIX, SymbolonProperties.class)
                .ifBound(properties -> TokenConfigurations.names(properties).forEach(name -> register(name, registry)));
    }

    private static void register(String name, BeanDefinitionRegistry registry) {
        register(name, "module", TokenModule.class, registry);
        register(name, "session", Session.class, registry);
        register(name, "provider", SymbolonProvider.class, registry);
    }

    private static void register(String name, String method, Class<?> type, BeanDefinitionRegistry registry) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(SymbolonAutoConfiguration.TOKENS);
        definition.setFactoryMethodName(method);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        definition.setLazyInit(true);
        definition.setDestroyMethodName("");
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        registry.registerBeanDefinition(beanName(name, method), definition);
    }

    private static String beanName(String name, String method) {
        return name + Character.toUpperCase(method.charAt(0)) + method.substring(1);
    }
}
