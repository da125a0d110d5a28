package org.symbolon.jca;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismType;
import org.symbolon.key.TokenKey;

/**
 * A service that the JCA picks by the key: for keys of this provider's token and for nothing else, so that every other
 * key, public ones included, stays with the provider that had it before.
 */
final class KeyBoundService extends TokenService {
    private static final Logger LOG = LoggerFactory.getLogger(KeyBoundService.class);

    private final SymbolonProvider owner;
    private final Use use;

    /**
     * Which keys a service takes.
     *
     * @param keys tells them from others by what is known of them here
     * @param functions what is done with the key
     * @param mechanisms the mechanisms of which the token must offer one
     */
    record Use(Predicate<TokenKey> keys, Set<MechanismFunction> functions, List<MechanismType> mechanisms) {
        Use {
            functions = Set.copyOf(functions);
            mechanisms = List.copyOf(mechanisms);
        }
    }

    KeyBoundService(
            SymbolonProvider owner,
            String type,
            String algorithm,
            Class<?> engineClass,
            List<String> aliases,
            Map<String, String> attributes,
            Use use,
            Engine engine) {
        super(owner, type, algorithm, engineClass, aliases, withKeyClass(attributes), engine);
        this.owner = owner;
        this.use = use;
    }

    private static Map<String, String> withKeyClass(Map<String, String> attributes) {
        return Stream.concat(
                        attributes.entrySet().stream(),
                        Stream.of(Map.entry("SupportedKeyClasses", TokenKey.class.getName())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Compares the token and not just the class. Asks nobody and throws nothing. */
    @Override
    public boolean supportsParameter(@Nullable Object parameter) {
        return parameter instanceof TokenKey key
                && !key.isDestroyed()
                && use.keys().test(key)
                && supports(key);
    }

    private boolean supports(TokenKey key) {
        try {
            return owner.link().isHome(key)
                    && !owner.capabilities().isKnownUnfit(key, use.functions(), use.mechanisms());
        } catch (IllegalStateException e) {
            LOG.debug("A key was destroyed while somebody looked for its provider: {}", e.getMessage());
            return false;
        }
    }
}
