package org.symbolon.spring;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Applications that have this starter and nothing else. */
final class Contexts {
    private Contexts() {}

    static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SymbolonAutoConfiguration.class,
                        SymbolonHealthAutoConfiguration.class,
                        SymbolonMetricsAutoConfiguration.class,
                        SymbolonSshAutoConfiguration.class,
                        SymbolonSslAutoConfiguration.class,
                        SslAutoConfiguration.class));
    }

    /** The messages of a failure and its causes, one below the other. */
    static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            all.append(each.getMessage()).append('\n');
        }
        return all.toString();
    }
}
