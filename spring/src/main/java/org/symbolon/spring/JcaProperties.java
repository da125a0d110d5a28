package org.symbolon.spring;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Java's security providers.
 *
 * @param enabled Whether to open the tokens at start and to add their providers to the end of the JVM's list. Default is to
 *     do so for the tokens of SSL bundles only, when they are first used.
 * @param tokens Names of the tokens whose providers are added. Default is all.
 */
record JcaProperties(
        @Nullable Boolean enabled, @DefaultValue Set<String> tokens) {
    boolean isEnabled() {
        return Boolean.TRUE.equals(enabled);
    }

    boolean isForbidden() {
        return Boolean.FALSE.equals(enabled);
    }
}
