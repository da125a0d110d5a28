package org.symbolon.examples.spring;

import java.nio.file.Path;
import java.security.Security;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;
import org.symbolon.jca.SymbolonProvider;

/** A token that a configuration file names, as beans. Spring closes them in the right order. */
@Configuration(proxyBeanMethods = false)
public class TokenBeans {
    /** Makes the configuration; Spring does. */
    public TokenBeans() {}

    /**
     * The token, open and logged in to.
     *
     * @param file the configuration file
     * @param name the token's name there
     * @return the token
     * @throws ConfigurationException if the file cannot be used
     * @throws TokenException if the token cannot be opened or refuses the login
     */
    @Bean
    public OpenToken token(@Value("${symbolon.config}") Path file, @Value("${token}") String name)
            throws ConfigurationException, TokenException {
        return org.symbolon.config.Configuration.load(file).token(name).open();
    }

    /**
     * What may be done with the token.
     *
     * @param token the token
     * @return the session, which is closed with the token
     */
    @Bean(destroyMethod = "")
    public Session session(OpenToken token) {
        return token.session();
    }

    /**
     * The token's keys for everything that speaks JCA.
     *
     * @param session the session
     * @return the provider
     * @throws TokenException if the token does not tell what it can do
     */
    @Bean
    public SymbolonProvider provider(Session session) throws TokenException {
        return SymbolonProvider.of(session);
    }

    /**
     * Puts the provider at the end of the JVM's list, for TLS, and takes it away in the end.
     *
     * @param provider the provider
     * @return what takes it away
     */
    @Bean
    public DisposableBean installation(SymbolonProvider provider) {
        Security.addProvider(provider);
        return () -> Security.removeProvider(provider.getName());
    }
}
