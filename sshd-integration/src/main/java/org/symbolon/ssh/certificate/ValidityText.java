package org.symbolon.ssh.certificate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbolon.ssh.Text;

/** Spans of time as {@code ssh-keygen -V} takes them. */
final class ValidityText {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([smhdwSMHDW]?)");
    private static final Pattern DATE = Pattern.compile("([0-9]{8})([0-9]{4})?([0-9]{2})?([zZ]?)");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX]([0-9a-fA-F]{1,16})");
    private static final int SECONDS_BEFORE = 59;
    private static final int SECONDS_A_MINUTE = 60;

    private final Instant now;
    private final ZoneId zone;

    private ValidityText(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    static CertificateValidity parse(String text, Instant now, ZoneId zone) {
        return new ValidityText(now, zone).parse(text);
    }

    /** An end alone begins at the last full minute, for clocks that are behind. */
    private CertificateValidity parse(String text) {
        int colon = text.indexOf(':');
        long after = colon < 0
                ? (now.getEpochSecond() - SECONDS_BEFORE) / SECONDS_A_MINUTE * SECONDS_A_MINUTE
                : text.substring(0, colon).equals("always") ? 0 : time(text.substring(0, colon));
        String end = text.substring(colon + 1);
        if (colon < 0 && !end.startsWith("+")) {
            throw wrong(text);
        }
        long before = end.equals("forever") ? CertificateValidity.FOREVER : time(end);
        return new CertificateValidity(after, before);
    }

    private long time(String text) {
        if (text.startsWith("+") || text.startsWith("-")) {
            long seconds = span(text.substring(1)).toSeconds();
            return Math.max(0, now.getEpochSecond() + (text.startsWith("+") ? seconds : -seconds));
        }
        Matcher hexadecimal = HEXADECIMAL.matcher(text);
        return hexadecimal.matches() ? Long.parseUnsignedLong(hexadecimal.group(1), 16) : date(text);
    }

    private long date(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            throw wrong(text);
        }
        String digits = date.group(1)
                + (date.group(2) == null ? "0000" : date.group(2))
                + (date.group(3) == null ? "00" : date.group(3));
        try {
            LocalDateTime local = LocalDateTime.parse(
                    digits.substring(0, 8) + " " + digits.substring(8),
                    DateTimeFormatter.ofPattern("uuuuMMdd HHmmss", Locale.ROOT));
            return local.atZone(date.group(4).isEmpty() ? zone : ZoneOffset.UTC).toEpochSecond();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + Text.quoted(text) + "\" is no date: " + e.getMessage(), e);
        }
    }

    /** Numbers with units one after the other, as in sshd_config's time formats. */
    private static Duration span(String text) {
        Matcher parts = SPAN.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (parts.find(end) && parts.start() == end && parts.end() > end) {
            long number = Long.parseLong(parts.group(1));
            sum = sum.plus(
                    switch (parts.group(2).toLowerCase(Locale.ROOT)) {
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        case "d" -> Duration.ofDays(number);
                        case "w" -> Duration.ofDays(7 * number);
                        default -> Duration.ofSeconds(number);
                    });
            end = parts.end();
            if (end == text.length()) {
                return sum;
            }
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("\"" + Text.quoted(text)
                + "\" is no span of time; such are +8h, -5m:+52w, 20260101:20270101, always:forever");
    }
}
