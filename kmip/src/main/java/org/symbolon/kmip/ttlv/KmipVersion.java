package org.symbolon.kmip.ttlv;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the protocol.
 *
 * @param major 0 or more
 * @param minor 0 or more
 */
public record KmipVersion(int major, int minor) implements Comparable<KmipVersion> {
    /** KMIP 1.0. */
    public static final KmipVersion V1_0 = new KmipVersion(1, 0);

    /** KMIP 1.1. */
    public static final KmipVersion V1_1 = new KmipVersion(1, 1);

    /** KMIP 1.2, the first with cryptographic operations. */
    public static final KmipVersion V1_2 = new KmipVersion(1, 2);

    /** KMIP 1.3. */
    public static final KmipVersion V1_3 = new KmipVersion(1, 3);

    /** KMIP 1.4, the first with digested data. */
    public static final KmipVersion V1_4 = new KmipVersion(1, 4);

    /** KMIP 2.0, the first with typed attributes. */
    public static final KmipVersion V2_0 = new KmipVersion(2, 0);

    /** KMIP 2.1. */
    public static final KmipVersion V2_1 = new KmipVersion(2, 1);

    /** The versions that this library speaks, highest first. */
    public static final List<KmipVersion> SUPPORTED = List.of(V2_1, V2_0, V1_4, V1_3, V1_2, V1_1, V1_0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    public KmipVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("a KMIP version has no negative number: " + major + "." + minor);
        }
    }

    /**
     * Returns a version; the supported ones are made once.
     *
     * @param major 0 or more
     * @param minor 0 or more
     * @return the version
     */
    public static KmipVersion of(int major, int minor) {
        for (KmipVersion known : SUPPORTED) {
            if (known.major == major && known.minor == minor) {
                return known;
            }
        }
        return new KmipVersion(major, minor);
    }

    /**
     * Reads a version.
     *
     * @param text such as {@code 1.4}
     * @return the version
     * @throws IllegalArgumentException if {@code text} is something else
     */
    public static KmipVersion parse(String text) {
        Matcher numbers = TEXT.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("a KMIP version is two numbers such as 1.4, not " + text);
        }
        return new KmipVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
    }

    /** {@return whether this version is {@code other} or a later one} */
    public boolean isAtLeast(KmipVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(KmipVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
