package org.symbolon.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is set under {@code symbolon} cannot be used. The message has one line for each mistake, which begins with the
 * property. It never holds a secret.
 */
public final class SymbolonPropertyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SymbolonPropertyException(String property, String mistake, @Nullable Throwable cause) {
        super(property + " " + mistake, cause);
    }

    SymbolonPropertyException(List<String> mistakes) {
        super(String.join("\n", mistakes));
    }
}
