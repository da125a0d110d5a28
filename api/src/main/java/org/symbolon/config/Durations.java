package org.symbolon.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them, in the file and on the command line: {@code 10s}, {@code 500ms}, {@code 2m}, {@code 1h}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private Durations() {}

    /**
     * Parses a time.
     *
     * @param text a whole number and ms, s, m or h
     * @return the time, more than zero
     * @throws IllegalArgumentException if it is not in this form, or zero
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("a time is a number and ms, s, m or h, such as 10s, and more than zero");
        }
        return Duration.of(Long.parseLong(matcher.group(1)), unit);
    }
}
