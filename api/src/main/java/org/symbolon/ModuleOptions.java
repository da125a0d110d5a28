package org.symbolon;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a module is opened.
 *
 * @param timeout how long a call may block unless it says otherwise; more than zero
 * @param closePolicy what {@code close} does with calls that are running
 * @param settings the backend's own settings, name to value
 */
public record ModuleOptions(Duration timeout, ClosePolicy closePolicy, Map<String, String> settings) {
    /** What {@code close} does with calls that are running. */
    public enum ClosePolicy {
        /** It waits for them, at most for the module's timeout, then cancels. */
        WAIT,
        /** It interrupts them. */
        CANCEL
    }

    private static final ModuleOptions DEFAULTS = new ModuleOptions(Duration.ofSeconds(30), ClosePolicy.WAIT, Map.of());

    public ModuleOptions {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is more than zero, not " + timeout);
        }
        settings = Map.copyOf(settings);
    }

    /** {@return the defaults: a timeout of 30 seconds, {@link ClosePolicy#WAIT}, no settings} */
    public static ModuleOptions ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another timeout.
     *
     * @param newTimeout more than zero
     * @return new options
     */
    public ModuleOptions withTimeout(Duration newTimeout) {
        return new ModuleOptions(newTimeout, closePolicy, settings);
    }

    /**
     * Returns these options with another policy for closing.
     *
     * @param newClosePolicy the policy
     * @return new options
     */
    public ModuleOptions withClosePolicy(ClosePolicy newClosePolicy) {
        return new ModuleOptions(timeout, newClosePolicy, settings);
    }

    /**
     * Returns these options with one setting more.
     *
     * @param name its name, as the backend documents it
     * @param value its value
     * @return new options
     */
    public ModuleOptions withSetting(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new ModuleOptions(timeout, closePolicy, more);
    }

    /**
     * Returns a setting.
     *
     * @param name its name
     * @return its value, or empty if it was not given
     */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }
}
