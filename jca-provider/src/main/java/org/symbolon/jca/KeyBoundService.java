package org.symbolon.jca;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.MechanismType;
import org.symbolon.key.TokenPrivateKey;

/**
 * A service that the JCA picks by the key: for private keys of this provider's token and for nothing else, so that every
 * other key, public ones included, stays with the provider that had it before.
 */
final class KeyBoundService extends TokenService {
    private static final Logger LOG = LoggerFactory.getLogger(KeyBoundService.class);

    private final SymbolonProvider owner;
    private final Set<String> keyAlgorithms;
    private final List<MechanismType> mechanisms;

    /**
     * Makes the service.
     *
     * @param keyAlgorithms what {@code getAlgorithm()} of its keys says
     * @param mechanisms the mechanisms of which the token must offer one
     */
    KeyBoundService(
            SymbolonProvider owner,
            String type,
            String algorithm,
            Class<?> engineClass,
            Set<String> keyAlgorithms,
            List<MechanismType> mechanisms,
            Engine engine) {
        super(
                owner,
                type,
                algorithm,
                engineClass,
                List.of(),
                Map.of("SupportedKeyClasses", TokenPrivateKey.class.getName()),
                engine);
        this.owner = owner;
        this.keyAlgorithms = Set.copyOf(keyAlgorithms);
        this.mechanisms = List.copyOf(mechanisms);
    }

    /** Compares the token and not just the class. Asks nobody and throws nothing. */
    @Override
    public boolean supportsParameter(@Nullable Object parameter) {
        return parameter instanceof TokenPrivateKey key
                && keyAlgorithms.contains(key.getAlgorithm())
                && !key.isDestroyed()
                && supports(key);
    }

    private boolean supports(TokenPrivateKey key) {
        try {
            return owner.link().isHome(key) && !owner.capabilities().isKnownNotToSign(key, mechanisms);
        } catch (IllegalStateException e) {
            LOG.debug("A key was destroyed while somebody looked for its provider: {}", e.getMessage());
            return false;
        }
    }
}
