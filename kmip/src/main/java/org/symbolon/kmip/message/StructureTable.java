package org.symbolon.kmip.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.TableResource;
import org.symbolon.kmip.ttlv.VersionRange;

/** Which fields a structure or payload has in which version, and in what order ({@code structures.tsv}). */
final class StructureTable {
    /** Stands for one of the managed objects. */
    static final String OBJECT = "@object";

    private static final Map<String, List<Row>> ROWS = read();

    private StructureTable() {}

    /**
     * The fields of some versions.
     *
     * @param versions which
     * @param fields in wire order
     */
    record Row(VersionRange versions, List<Field> fields) {}

    /**
     * A field.
     *
     * @param name in XML
     * @param required whether it must be there
     * @param repeated whether it may be there more than once
     */
    record Field(String name, boolean required, boolean repeated) {}

    /** {@return the rows of a structure, such as {@code KeyBlock} or {@code Sign.Request}; none if it has no fields} */
    static List<Row> rows(String structure) {
        return ROWS.getOrDefault(folded(structure), List.of());
    }

    /** {@return the fields that a structure has in a version; none if the version does not have it} */
    static List<Field> fields(String structure, KmipVersion version) {
        for (Row row : rows(structure)) {
            if (row.versions.includes(version)) {
                return row.fields;
            }
        }
        return List.of();
    }

    /** {@return a name without what XML and Java write differently} */
    static String folded(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static Map<String, List<Row>> read() {
        Map<String, List<Row>> rows = new HashMap<>();
        for (String[] cells : TableResource.rows(StructureTable.class, "structures.tsv")) {
            List<Field> fields = new ArrayList<>();
            for (String field : cells[2].split(" ", -1)) {
                fields.add(new Field(field.replaceAll("[!*]", ""), field.contains("!"), field.contains("*")));
            }
            rows.computeIfAbsent(folded(cells[0]), name -> new ArrayList<>())
                    .add(new Row(VersionRange.parse(cells[1]), List.copyOf(fields)));
        }
        return rows;
    }
}
