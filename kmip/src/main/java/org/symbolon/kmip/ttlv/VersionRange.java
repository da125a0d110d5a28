package org.symbolon.kmip.ttlv;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions that have something, both ends included.
 *
 * @param first the first version
 * @param last the last version
 */
public record VersionRange(KmipVersion first, KmipVersion last) {
    private static final Pattern TEXT = Pattern.compile("([\\d.]+)(?:-([\\d.]+))?");

    /**
     * Reads a range.
     *
     * @param text such as {@code 1.2-2.1}, or one version
     * @return the range
     * @throws IllegalArgumentException if {@code text} is something else
     */
    public static VersionRange parse(String text) {
        Matcher ends = TEXT.matcher(text);
        if (!ends.matches()) {
            throw new IllegalArgumentException("a range of KMIP versions is such as 1.2-2.1, not " + text);
        }
        KmipVersion first = KmipVersion.parse(ends.group(1));
        return new VersionRange(first, ends.group(2) == null ? first : KmipVersion.parse(ends.group(2)));
    }

    /** {@return whether a version is in the range} */
    public boolean includes(KmipVersion version) {
        return version.isAtLeast(first) && last.isAtLeast(version);
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
