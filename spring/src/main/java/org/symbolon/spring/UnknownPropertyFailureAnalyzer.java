package org.symbolon.spring;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which keys there are where somebody wrote one that there is not. Spring Boot's own analysis would show the value,
 * which may be a PIN behind a misspelt {@code pin}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of(SymbolonProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, UnboundConfigurationPropertiesException cause) {
        List<String> lines = cause.getUnboundProperties().stream()
                .filter(property -> OURS.isAncestorOf(property.getName()))
                .map(UnknownPropertyFailureAnalyzer::line)
                .toList();
        return lines.isEmpty()
                ? null
                : new FailureAnalysis(
                        "Symbolon has no such propert" + (lines.size() == 1 ? "y" : "ies") + ":\n\n    "
                                + String.join("\n    ", lines),
                        "Correct the name or remove the line.",
                        cause);
    }

    private static String line(ConfigurationProperty property) {
        Optional<PropertyNames.Known> known = PropertyNames.nearest(property.getName());
        return property.getName()
                + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")")
                + known.map(names -> "; " + names.parent() + " has " + String.join(", ", names.children()))
                        .orElse("");
    }
}
