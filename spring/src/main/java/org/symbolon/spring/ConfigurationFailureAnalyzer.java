package org.symbolon.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.symbolon.config.ConfigurationException;

/** Says which secret cannot be read. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, ConfigurationException cause) {
        return new FailureAnalysis(
                "A token's configuration cannot be used: " + cause.getMessage(),
                "Check that what it refers to is there, and that nobody but its owner may change it.",
                cause);
    }
}
