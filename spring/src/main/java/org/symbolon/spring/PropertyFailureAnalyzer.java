package org.symbolon.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says which property to change. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PropertyFailureAnalyzer extends AbstractFailureAnalyzer<SymbolonPropertyException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, SymbolonPropertyException cause) {
        return new FailureAnalysis(
                "Symbolon cannot be configured:\n\n    "
                        + String.valueOf(cause.getMessage()).replace("\n", "\n    "),
                "Change the application's configuration as the line" + (several(cause) ? "s say" : " says") + ".",
                cause);
    }

    private static boolean several(SymbolonPropertyException cause) {
        return String.valueOf(cause.getMessage()).indexOf('\n') >= 0;
    }
}
