package org.symbolon.kmip.ttlv;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The named values of one enumeration or mask ({@code enumerations.tsv}). Values that are not in the table are legal: those
 * of vendors (0x8xxxxxxx) and of later versions. Immutable and thread-safe.
 */
public final class ValueTable {
    private static final String TAGS = "Tag";
    private static final Map<String, ValueTable> TABLES = read();

    private final String name;
    private final Map<Integer, Value> byNumber = new LinkedHashMap<>();
    private final Map<String, Value> byXmlName = new HashMap<>();

    private ValueTable(String name) {
        this.name = name;
    }

    /**
     * A named value.
     *
     * @param number on the wire, unsigned
     * @param xmlName in XML and JSON, such as {@code SHA_256}
     * @param title in the standard's text, such as {@code SHA-256}
     * @param versions that have it
     */
    public record Value(int number, String xmlName, String title, VersionRange versions) {}

    /**
     * Returns the table of an enumeration or mask.
     *
     * @param name such as {@code HashingAlgorithm} or {@code CryptographicUsageMask}
     * @return the table
     * @throws AssertionError if KMIP has no such enumeration
     */
    public static ValueTable of(String name) {
        ValueTable table = TABLES.get(name);
        if (table == null) {
            throw new AssertionError("KMIP has no enumeration " + name);
        }
        return table;
    }

    static Optional<ValueTable> ofTag(Tag tag) {
        return Optional.ofNullable(TABLES.get(tag.values()));
    }

    /** {@return the names of all enumerations and masks} */
    public static Collection<String> names() {
        return TABLES.keySet();
    }

    /** {@return the enumeration's name, such as {@code HashingAlgorithm}} */
    public String name() {
        return name;
    }

    /** {@return whether its values are bits that are combined} */
    public boolean isMask() {
        return name.endsWith("Mask");
    }

    /** {@return the values, in the table's order} */
    public Collection<Value> values() {
        return byNumber.values();
    }

    /** {@return the value of a number, or empty if the table does not name it} */
    public Optional<Value> value(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** {@return the number of a name in XML and JSON, or empty} */
    public OptionalInt number(String xmlName) {
        Value value = byXmlName.get(xmlName);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.number);
    }

    /**
     * Returns the number of a name that the standard has.
     *
     * @param xmlName the name in XML and JSON
     * @return the number, unsigned
     * @throws IllegalArgumentException if the table has no such name
     */
    public int require(String xmlName) {
        return number(xmlName).orElseThrow(() -> new IllegalArgumentException(name + " has no value " + xmlName));
    }

    private void add(Value value) {
        byNumber.putIfAbsent(value.number, value);
        byXmlName.putIfAbsent(value.xmlName, value);
    }

    private static Map<String, ValueTable> read() {
        Map<String, ValueTable> tables = new LinkedHashMap<>();
        List<String[]> rows = new ArrayList<>(TableResource.rows(ValueTable.class, "enumerations.tsv"));
        for (String[] cells : rows) {
            table(tables, cells[0])
                    .add(new Value(
                            Integer.parseUnsignedInt(cells[1], 16),
                            cells[2],
                            cells[3],
                            VersionRange.parse(cells[4] + "-" + cells[5])));
        }
        VersionRange typed = new VersionRange(KmipVersion.V2_0, KmipVersion.V2_1);
        for (Tag tag : Tag.all()) {
            table(tables, TAGS).add(new Value(tag.code(), tag.xmlName(), tag.title(), typed));
        }
        return tables;
    }

    private static ValueTable table(Map<String, ValueTable> tables, String name) {
        @Nullable ValueTable known = tables.get(name);
        if (known != null) {
            return known;
        }
        ValueTable made = new ValueTable(name);
        tables.put(name, made);
        return made;
    }
}
