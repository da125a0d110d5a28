package org.symbolon.jca;

import java.nio.file.Path;
import java.security.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.Session;
import org.symbolon.TokenException;

/**
 * Makes providers that differ from the usual.
 *
 * <pre>{@code
 * Provider provider = SymbolonProvider.builder().token("team").pkcs11KeyStore().build();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class SymbolonProviderBuilder {
    private @Nullable Session session;
    private @Nullable String profile;
    private @Nullable String name;
    private boolean keyBoundOnly;
    private boolean pkcs11KeyStore;
    private boolean selfSigned;
    private final List<Path> certificates = new ArrayList<>();

    SymbolonProviderBuilder() {}

    /**
     * Sets the session by which the provider acts.
     *
     * @param newSession stays the caller's
     * @return this builder
     */
    public SymbolonProviderBuilder session(Session newSession) {
        session = newSession;
        return this;
    }

    /**
     * Sets the token, as {@link SymbolonProvider#configure} takes it. It is opened when it is first used.
     *
     * @param newProfile a name in the configuration file, a PKCS #11 URI or a module's URI
     * @return this builder
     */
    public SymbolonProviderBuilder token(String newProfile) {
        profile = newProfile.strip();
        return this;
    }

    /**
     * Sets the provider's name, by which programs and tools ask for it.
     *
     * @param newName unique among the installed providers; default {@code Symbolon-} and the token
     * @return this builder
     */
    public SymbolonProviderBuilder name(String newName) {
        name = newName;
        return this;
    }

    /**
     * Leaves out generators and random numbers, which the JCA picks by name alone, so that the provider may stand first.
     *
     * @return this builder
     */
    public SymbolonProviderBuilder keyBoundOnly() {
        keyBoundOnly = true;
        return this;
    }

    /**
     * Offers the key store under the type {@code PKCS11} too, which keytool, jarsigner, JSSE's system properties and
     * Spring Boot treat as a token.
     *
     * @return this builder
     */
    public SymbolonProviderBuilder pkcs11KeyStore() {
        pkcs11KeyStore = true;
        return this;
    }

    /**
     * Adds certificates that complete the chains of the token's keys, for every key store that is loaded without a
     * {@link TokenLoadStoreParameter}.
     *
     * @param path as {@link TokenLoadStoreParameter#certificates} takes it
     * @return this builder
     */
    public SymbolonProviderBuilder certificates(Path path) {
        certificates.add(path);
        return this;
    }

    /**
     * Shows signing keys without certificate with one that is made at run time, as
     * {@link TokenLoadStoreParameter#selfSigned} says, in every key store that is loaded without such a parameter.
     *
     * @return this builder
     */
    public SymbolonProviderBuilder selfSigned() {
        selfSigned = true;
        return this;
    }

    /**
     * Returns the provider.
     *
     * @return a new provider
     * @throws IllegalStateException if both a session and a token were set
     * @throws InvalidParameterException if the token is malformed
     * @throws TokenException if the session's token does not tell its mechanisms
     */
    public SymbolonProvider build() throws TokenException {
        if (session != null && profile != null) {
            throw new IllegalStateException("a provider has a session or a token, not both");
        }
        ProviderSettings settings = new ProviderSettings(
                session, profile, keyBoundOnly, pkcs11KeyStore, new ListingOptions(certificates, selfSigned));
        SymbolonProvider provider = settings.provider(name == null ? usualName() : name);
        if (session != null) {
            provider.capabilities().of(session);
        }
        return provider;
    }

    private String usualName() {
        if (session != null) {
            return SymbolonProvider.NAME + "-" + session.info().token().label();
        }
        return profile == null ? SymbolonProvider.NAME : SymbolonProvider.NAME + "-" + profile;
    }
}
