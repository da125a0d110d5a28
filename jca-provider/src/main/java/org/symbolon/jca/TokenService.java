package org.symbolon.jca;

import java.security.InvalidParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service of the provider whose engines a constructor reference makes: no reflection, no class names. */
class TokenService extends Provider.Service {
    /** Makes an engine. */
    @FunctionalInterface
    interface Engine {
        Object make();
    }

    private final Engine engine;

    TokenService(
            SymbolonProvider provider,
            String type,
            String algorithm,
            Class<?> engineClass,
            List<String> aliases,
            Map<String, String> attributes,
            Engine engine) {
        super(provider, type, algorithm, engineClass.getName(), aliases, attributes);
        this.engine = engine;
    }

    @Override
    public final Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
        if (parameter != null) {
            throw new InvalidParameterException(getType() + " " + getAlgorithm() + " takes no constructor parameter");
        }
        return engine.make();
    }
}
