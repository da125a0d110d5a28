package org.symbolon.spi;

import java.util.Map;
import java.util.Set;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.TokenException;

/**
 * Opens a backend's modules by URI: the service that a backend provides.
 *
 * <p>Implementations have a public constructor without parameters that does nothing, and are named in
 * {@code META-INF/services/org.symbolon.spi.ModuleFactory} and in the {@code provides} clause of their module
 * descriptor.
 */
public interface ModuleFactory {
    /** {@return the URI schemes that it opens, lower case, such as {@code soft}} */
    Set<String> schemes();

    /** {@return the settings that it understands in {@link ModuleOptions} and the configuration file, name to meaning} */
    Map<String, String> settings();

    /**
     * Returns which of its settings are secrets. In the configuration file they are references, {@code ${file:PATH}} or
     * {@code ${env:NAME}}; the value in {@link ModuleOptions} is the reference without braces, for
     * {@link org.symbolon.config.SecretReference#parse}, so that the secret itself is read when it is used and never
     * held as text.
     *
     * @return names of settings; none unless the backend says otherwise
     */
    default Set<String> secretSettings() {
        return Set.of();
    }

    /**
     * Opens a module.
     *
     * @param uri where it is; its scheme is one of {@link #schemes()}
     * @param options how; every setting in it is one of {@link #settings()}
     * @return the module
     * @throws TokenException if it cannot be opened
     * @throws IllegalArgumentException if the rest of the URI or a setting is malformed; the message says what is legal
     */
    ModuleSpi open(ModuleUri uri, ModuleOptions options) throws TokenException;
}
