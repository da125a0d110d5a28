package org.symbolon.jca;

import java.security.InvalidKeyException;
import java.security.Key;
import org.jspecify.annotations.Nullable;
import org.symbolon.key.TokenKey;

/** Tells the keys that a provider works with from all others. */
final class OwnKeys {
    private OwnKeys() {}

    /**
     * Returns a key if it is one of the provider's token and of the kind that is wanted.
     *
     * @param does what the provider does with it: {@code signs}, {@code decrypts}
     * @throws InvalidKeyException if it is not; the message says why
     */
    static <K extends TokenKey> K require(SymbolonProvider provider, @Nullable Key key, Class<K> kind, String does)
            throws InvalidKeyException {
        if (!(key instanceof TokenKey own)) {
            throw new InvalidKeyException(provider.getName() + " " + does + " with keys of its token only, not with "
                    + (key == null ? "null" : "a " + key.getClass().getName())
                    + "; leave the provider unnamed and the one that suits the key is chosen");
        }
        if (own.isDestroyed()) {
            throw new InvalidKeyException("this reference to a key was destroyed: " + own);
        }
        if (!provider.link().isHome(own)) {
            throw new InvalidKeyException(own + " is not in the token of " + provider.getName());
        }
        if (!kind.isInstance(own)) {
            throw new InvalidKeyException(own + " is of another kind than this algorithm takes");
        }
        return kind.cast(own);
    }
}
