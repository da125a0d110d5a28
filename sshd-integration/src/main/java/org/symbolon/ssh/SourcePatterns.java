package org.symbolon.ssh;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From where a key may be used: the list of a {@code from} option (sshd(8)) or of RFC 4819's {@code from}.
 *
 * <p>A pattern is an address, a network in CIDR form ({@code 10.0.0.0/8}, {@code 2001:db8::/32}), or text with {@code *} and
 * {@code ?}. It is compared with the client's address as text and with its host name, if that is known. A pattern with
 * {@code !} before it that matches refuses, whatever else the list says; a list of nothing but such patterns matches nothing.
 * Immutable.
 *
 * @param patterns 1 to {@value #MAX_PATTERNS} patterns, each of 1 to {@value #MAX_PATTERN_CHARS} printable ASCII characters
 *     without comma, space or quote
 */
public record SourcePatterns(List<String> patterns) {
    /** The most patterns in a list. */
    public static final int MAX_PATTERNS = 256;

    /** The longest pattern, in characters. */
    public static final int MAX_PATTERN_CHARS = 255;

    /**
     * Checks the patterns.
     *
     * @throws IllegalArgumentException if there are none or too many, or one cannot be a pattern; the message names it
     */
    public SourcePatterns {
        patterns = List.copyOf(patterns);
        if (patterns.isEmpty() || patterns.size() > MAX_PATTERNS) {
            throw new IllegalArgumentException(
                    "from has " + patterns.size() + " patterns; it has 1 to " + MAX_PATTERNS);
        }
        patterns.forEach(SourcePatterns::check);
    }

    /**
     * Reads a list.
     *
     * @param commaList the patterns with commas between them
     * @return the patterns
     * @throws IllegalArgumentException if one of them is none
     */
    public static SourcePatterns parse(String commaList) {
        List<String> patterns = new ArrayList<>();
        for (String pattern : commaList.split(",", MAX_PATTERNS + 1)) {
            patterns.add(pattern.strip());
        }
        return new SourcePatterns(patterns);
    }

    /**
     * Whether a client whose host name is not known may use the key.
     *
     * @param client the client's address
     * @return true if a pattern matches and none refuses
     */
    public boolean matches(InetAddress client) {
        return matches(client, "");
    }

    /**
     * Whether a client may use the key.
     *
     * @param client the client's address
     * @param hostName its name, checked by forward and reverse look-up; empty where it is not known
     * @return true if a pattern matches and none refuses
     */
    public boolean matches(InetAddress client, String hostName) {
        String address = Network.textOf(client);
        String name = hostName.toLowerCase(Locale.ROOT);
        boolean matched = false;
        for (String pattern : patterns) {
            boolean refuses = pattern.startsWith("!");
            String body = refuses ? pattern.substring(1) : pattern;
            if (matches(body.toLowerCase(Locale.ROOT), client, address, name)) {
                if (refuses) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    /** The list as an option's value. */
    @Override
    public String toString() {
        return String.join(",", patterns);
    }

    private static boolean matches(String pattern, InetAddress client, String address, String name) {
        return Network.isNetworkOrAddress(pattern)
                ? Network.parse(pattern).contains(client)
                : Wildcard.matches(pattern, address) || (!name.isEmpty() && Wildcard.matches(pattern, name));
    }

    private static void check(String pattern) {
        String body = pattern.startsWith("!") ? pattern.substring(1) : pattern;
        if (body.isEmpty() || body.length() > MAX_PATTERN_CHARS) {
            throw new IllegalArgumentException(
                    "from has a pattern of " + body.length() + " characters; patterns have 1 to " + MAX_PATTERN_CHARS);
        }
        if (!body.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',' && c != '"')) {
            throw new IllegalArgumentException("from has the pattern \"" + Text.quoted(pattern)
                    + "\"; patterns are printable ASCII without comma, space or quote");
        }
        if (Network.isNetworkOrAddress(body)) {
            Network.parse(body);
        }
    }
}
