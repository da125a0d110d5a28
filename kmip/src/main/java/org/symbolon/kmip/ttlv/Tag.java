package org.symbolon.kmip.ttlv;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an item is: a number of three bytes, 0x42xxxx where the standard gives it and 0x54xxxx in extensions (KMIP 2.1 section
 * 10.1.1.1). Compares by number; immutable and thread-safe.
 */
public final class Tag {
    private static final int STANDARD = 0x420000;
    private static final int MAX_CODE = 0xFFFFFF;
    private static final List<Tag> STANDARD_TAGS = read();
    private static final @Nullable Tag[] BY_LOW_BITS = indexByCode();
    private static final Map<String, Tag> BY_XML_NAME = index(true);
    private static final Map<String, Tag> BY_TITLE = index(false);

    private final int code;
    private final String xmlName;
    private final String title;
    private final @Nullable VersionRange versions;
    private final List<TypeInVersions> types;
    private final String values;

    private record TypeInVersions(ItemType type, @Nullable VersionRange versions) {}

    private Tag(int code) {
        this(code, String.format(Locale.ROOT, "0x%06X", code), "", null, List.of(), "");
    }

    private Tag(
            int code,
            String xmlName,
            String title,
            @Nullable VersionRange versions,
            List<TypeInVersions> types,
            String values) {
        this.code = code;
        this.xmlName = xmlName;
        this.title = title;
        this.versions = versions;
        this.types = types;
        this.values = values;
    }

    /**
     * Returns the tag of a number, known or not.
     *
     * @param code 0 to 0xFFFFFF
     * @return the tag
     */
    public static Tag of(int code) {
        int low = code - STANDARD;
        if (low >= 0 && low < BY_LOW_BITS.length) {
            Tag known = BY_LOW_BITS[low];
            if (known != null) {
                return known;
            }
        }
        if (code < 0 || code > MAX_CODE) {
            throw new IllegalArgumentException("a tag has three bytes: 0x" + Integer.toHexString(code));
        }
        return new Tag(code);
    }

    /**
     * Returns a tag of the standard.
     *
     * @param xmlName its name in XML and JSON, such as {@code UniqueIdentifier}
     * @return the tag
     * @throws AssertionError if KMIP 1.0 to 2.1 have no such tag
     */
    public static Tag named(String xmlName) {
        Tag tag = BY_XML_NAME.get(xmlName);
        if (tag == null) {
            throw new AssertionError("KMIP has no tag " + xmlName);
        }
        return tag;
    }

    /** {@return the tag of a name in XML and JSON, or empty} */
    public static Optional<Tag> ofXmlName(String xmlName) {
        return Optional.ofNullable(BY_XML_NAME.get(xmlName));
    }

    /** {@return the tag whose name in the standard's text is {@code title}, such as {@code Unique Identifier}, or empty} */
    public static Optional<Tag> ofTitle(String title) {
        return Optional.ofNullable(BY_TITLE.get(title));
    }

    /** {@return every tag of KMIP 1.0 to 2.1} */
    public static Collection<Tag> all() {
        return STANDARD_TAGS;
    }

    /** {@return the number} */
    public int code() {
        return code;
    }

    /** {@return the name in XML and JSON; of an unknown tag the number, such as {@code 0x540001}} */
    public String xmlName() {
        return xmlName;
    }

    /** {@return the name in the standard's text, such as {@code Unique Identifier}; empty if the tag is unknown} */
    public String title() {
        return title;
    }

    /** {@return whether the standard gives the tag} */
    public boolean isStandard() {
        return versions != null;
    }

    /** {@return whether a version of the protocol has the tag; unknown tags are in none} */
    public boolean isIn(KmipVersion version) {
        return versions != null && versions.includes(version);
    }

    /** {@return the versions that have the tag, in words} */
    public String versions() {
        return versions == null ? "no version" : versions.toString();
    }

    /**
     * Returns the type that items of this tag have.
     *
     * @param version the version of the protocol
     * @return the first type that the standard names for that version; empty if it varies or the tag is unknown
     */
    public Optional<ItemType> typeIn(KmipVersion version) {
        for (TypeInVersions each : types) {
            if (each.versions == null || each.versions.includes(version)) {
                return Optional.of(each.type);
            }
        }
        return Optional.empty();
    }

    /** {@return whether items of this tag have a type in a version, as the standard says} */
    public boolean isOf(ItemType type, KmipVersion version) {
        for (TypeInVersions each : types) {
            if (each.versions == null || each.versions.includes(version)) {
                return each.type == type;
            }
        }
        return false;
    }

    /** {@return the enumeration or mask that values come from, such as {@code HashingAlgorithm}; empty if none} */
    public String values() {
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tag that && code == that.code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    @Override
    public String toString() {
        return xmlName;
    }

    private static List<Tag> read() {
        List<Tag> tags = new ArrayList<>();
        for (String[] cells : TableResource.rows(Tag.class, "tags.tsv")) {
            VersionRange versions = VersionRange.parse(cells[3] + "-" + cells[4]);
            tags.add(new Tag(
                    Integer.parseInt(cells[0], 16), cells[1], cells[2], versions, types(cells[5]), cells[6].intern()));
        }
        return List.copyOf(tags);
    }

    private static List<TypeInVersions> types(String cell) {
        List<TypeInVersions> types = new ArrayList<>();
        for (String each : cell.split("\\|", -1)) {
            int at = each.indexOf('@');
            ItemType type = ItemType.ofXmlName(at < 0 ? each : each.substring(0, at));
            if (type != null) {
                types.add(new TypeInVersions(type, at < 0 ? null : VersionRange.parse(each.substring(at + 1))));
            }
        }
        return List.copyOf(types);
    }

    private static @Nullable Tag[] indexByCode() {
        int highest = STANDARD_TAGS.stream().mapToInt(Tag::code).max().orElseThrow();
        @Nullable Tag[] index = new @Nullable Tag[highest - STANDARD + 1];
        for (Tag tag : STANDARD_TAGS) {
            index[tag.code - STANDARD] = tag;
        }
        return index;
    }

    private static Map<String, Tag> index(boolean byXmlName) {
        Map<String, Tag> index = new HashMap<>();
        STANDARD_TAGS.forEach(tag -> index.put(byXmlName ? tag.xmlName : tag.title, tag));
        return index;
    }
}
