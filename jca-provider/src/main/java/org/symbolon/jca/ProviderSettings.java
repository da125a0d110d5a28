package org.symbolon.jca;

import java.security.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Session;

/**
 * How a provider is made.
 *
 * @param session by which it acts; null if it opens its token itself
 * @param profile which token it opens; null for the only one of the configuration file
 * @param keyBoundOnly whether to leave out what the JCA picks by name alone
 * @param pkcs11KeyStore whether the key store has the type PKCS11 too
 * @param listing what its key stores show beside what is in the token, unless they are loaded with something else
 */
record ProviderSettings(
        @Nullable Session session,
        @Nullable String profile,
        boolean keyBoundOnly,
        boolean pkcs11KeyStore,
        ListingOptions listing) {
    static final ProviderSettings BARE = new ProviderSettings(null, null, false, false, ListingOptions.NONE);

    ProviderSettings withProfile(String newProfile, boolean newPkcs11KeyStore) {
        return new ProviderSettings(null, newProfile, keyBoundOnly, newPkcs11KeyStore, listing);
    }

    /**
     * Returns a provider of this name.
     *
     * @throws InvalidParameterException if the profile is malformed
     */
    SymbolonProvider provider(String name) {
        try {
            return new SymbolonProvider(name, source(), this);
        } catch (IllegalArgumentException e) {
            InvalidParameterException refused = new InvalidParameterException(e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    private TokenSource source() {
        if (session != null) {
            return new TokenSource.Given(session);
        }
        return profile == null ? new TokenSource.Only() : TokenSource.of(profile);
    }
}
