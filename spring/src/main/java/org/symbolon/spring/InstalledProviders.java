package org.symbolon.spring;

import java.security.Security;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.jca.SymbolonProvider;

/**
 * The tokens' providers in the JVM's list: at its end, from when they are needed until the application is closed. JSSE finds
 * the provider of a key there and nowhere else.
 */
final class InstalledProviders implements InitializingBean, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstalledProviders.class);
    private static final String ENABLED = SymbolonProperties.PREFIX + ".jca.enabled";
    private static final String TOKENS = SymbolonProperties.PREFIX + ".jca.tokens";

    private final SymbolonTokens tokens;
    private final JcaProperties properties;
    private final ReentrantLock adding = new ReentrantLock();
    /** By identity: two providers with the same services are equal to the JDK. Guarded by {@code adding}. */
    private final Set<SymbolonProvider> installed = Collections.newSetFromMap(new IdentityHashMap<>());

    InstalledProviders(SymbolonTokens tokens, JcaProperties properties) {
        this.tokens = tokens;
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() throws TokenException, ConfigurationException {
        properties.tokens().forEach(name -> tokens.named(TOKENS, name));
        if (properties.isEnabled()) {
            for (String name : properties.tokens().isEmpty() ? tokens.names() : properties.tokens()) {
                install(name);
            }
        }
    }

    /**
     * Adds a token's provider if it is not there yet.
     *
     * @return the provider
     */
    SymbolonProvider install(String token) throws TokenException, ConfigurationException {
        SymbolonProvider provider = tokens.provider(token);
        adding.lock();
        try {
            if (installed.add(provider)) {
                add(provider);
            }
        } finally {
            adding.unlock();
        }
        return provider;
    }

    private void add(SymbolonProvider provider) {
        if (Security.addProvider(provider) < 0) {
            installed.remove(provider);
            throw new IllegalStateException("the JVM has a provider " + provider.getName()
                    + " already, of another application in it that started at the same moment");
        }
        LOG.debug("Provider {} added", provider.getName());
    }

    /**
     * Refuses what needs the provider in the list where the properties forbid it.
     *
     * @throws SymbolonPropertyException if they do
     */
    void checkAllowed(String property) {
        if (properties.isForbidden()) {
            throw new SymbolonPropertyException(
                    ENABLED,
                    "is false, and " + property + " needs the provider, for TLS asks the JVM's providers",
                    null);
        }
    }

    @Override
    public void close() {
        adding.lock();
        try {
            installed.forEach(InstalledProviders::remove);
            installed.clear();
        } finally {
            adding.unlock();
        }
    }

    @SuppressWarnings("ReferenceEquality") // another application's provider may be equal
    private static void remove(SymbolonProvider provider) {
        if (Security.getProvider(provider.getName()) == provider) {
            Security.removeProvider(provider.getName());
        }
    }
}
