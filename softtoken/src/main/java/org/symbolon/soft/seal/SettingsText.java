package org.symbolon.soft.seal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.symbolon.Bytes;

/** The settings of a token or of a key slot as they are stored: a line {@code name=value} for each, sorted by name. */
public final class SettingsText {
    private static final int MAX_BYTES = 4096;

    private SettingsText() {}

    /**
     * Returns settings as they are stored.
     *
     * @param settings name to value, without line ends
     * @return UTF-8 text, at most 4096 bytes
     */
    public static Bytes write(SortedMap<String, String> settings) {
        String text = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES || text.lines().count() != settings.size()) {
            throw new IllegalArgumentException("settings have at most " + MAX_BYTES + " bytes and no line ends");
        }
        return Bytes.wrap(bytes);
    }

    /**
     * Returns the settings of a stored text.
     *
     * @param stored the text; empty for no settings
     * @param known the names that there are
     * @return name to value
     * @throws IllegalArgumentException if it is too long, malformed, or has a name that is not known: a later version
     *     wrote it
     */
    public static Map<String, String> read(Bytes stored, Set<String> known) {
        if (stored.length() > MAX_BYTES) {
            throw new IllegalArgumentException("settings of " + stored.length() + " bytes, more than " + MAX_BYTES);
        }
        Map<String, String> settings = new TreeMap<>();
        for (String line : new String(stored.sharedArray(), StandardCharsets.UTF_8).split("\n", 0)) {
            int equals = line.indexOf('=');
            if (line.isEmpty() && stored.length() == 0) {
                continue;
            }
            if (equals < 1) {
                throw new IllegalArgumentException("settings are lines name=value");
            }
            String name = line.substring(0, equals);
            if (!known.contains(name)) {
                throw new IllegalArgumentException("the setting " + name + " is of a later version of Symbolon");
            }
            settings.put(name, line.substring(equals + 1));
        }
        return settings;
    }
}
