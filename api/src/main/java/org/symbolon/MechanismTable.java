package org.symbolon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one table of mechanisms: PKCS #11 mechanism ↔ key type ↔ KMIP cryptographic parameters ↔ JCA names ↔ SSH
 * signature names.
 *
 * <p>Everything in the house that maps one of these to another reads it; nothing repeats a row of it. Thread-safe.
 */
public final class MechanismTable {
    private static final Map<MechanismType, Row> ROWS = read();
    private static final Map<String, Row> BY_JCA = index(row -> row.jcaNames().stream());
    private static final Map<String, Row> BY_SSH = index(row -> row.sshNames().stream());

    private MechanismTable() {}

    /**
     * What is known of one mechanism.
     *
     * @param type the mechanism
     * @param keyTypes the types of its key, the usual one first; empty where it takes no key, or any
     * @param functions what it can serve
     * @param hash the hash that it computes itself; empty where it takes a digest or no hash at all
     * @param kmipParameters KMIP's cryptographic parameters, field name to value name
     * @param jcaNames its JCA services, each {@code Engine:name}, such as {@code Signature:SHA256withRSA}
     * @param sshNames its SSH signature algorithms, such as {@code rsa-sha2-256}
     */
    public record Row(
            MechanismType type,
            List<KeyType> keyTypes,
            Set<MechanismFunction> functions,
            Optional<HashAlgorithm> hash,
            Map<String, String> kmipParameters,
            List<String> jcaNames,
            List<String> sshNames) {
        public Row {
            keyTypes = List.copyOf(keyTypes);
            functions = Set.copyOf(functions);
            kmipParameters = Map.copyOf(kmipParameters);
            jcaNames = List.copyOf(jcaNames);
            sshNames = List.copyOf(sshNames);
        }

        /** {@return the type of the key that it is usually used with; empty where it takes no key, or any} */
        public Optional<KeyType> keyType() {
            return keyTypes.stream().findFirst();
        }
    }

    /** {@return all rows, in the table's order} */
    public static Collection<Row> rows() {
        return ROWS.values();
    }

    /**
     * Returns the row of a mechanism.
     *
     * @param type any mechanism
     * @return its row, or empty where Symbolon knows only its number
     */
    public static Optional<Row> row(MechanismType type) {
        return Optional.ofNullable(ROWS.get(type));
    }

    /**
     * Returns the row of a JCA service.
     *
     * @param engine such as {@code Signature}
     * @param algorithm such as {@code SHA256withRSA}; case does not matter
     * @return the row, or empty
     */
    public static Optional<Row> byJcaName(String engine, String algorithm) {
        return Optional.ofNullable(BY_JCA.get((engine + ":" + algorithm).toLowerCase(Locale.ROOT)));
    }

    /**
     * Returns the row of an SSH signature algorithm.
     *
     * @param algorithm such as {@code rsa-sha2-512}
     * @return the row, or empty
     */
    public static Optional<Row> bySshName(String algorithm) {
        return Optional.ofNullable(BY_SSH.get(algorithm.toLowerCase(Locale.ROOT)));
    }

    private static Map<MechanismType, Row> read() {
        Map<MechanismType, Row> rows = new LinkedHashMap<>();
        for (String[] cells : ConstantTable.rows("mechanisms.tsv")) {
            MechanismType type = MechanismType.named(cells[0]);
            rows.put(
                    type,
                    new Row(
                            type,
                            list(cells[1]).stream().map(KeyType::named).toList(),
                            functions(cells[2]),
                            HashAlgorithm.of(cells[3]),
                            pairs(cells[4]),
                            list(cell(cells, 5)),
                            list(cell(cells, 6))));
        }
        return rows;
    }

    private static String cell(String[] cells, int index) {
        return index < cells.length ? cells[index] : "";
    }

    private static Set<MechanismFunction> functions(String cell) {
        return list(cell).stream()
                .map(name -> MechanismFunction.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MechanismFunction.class)));
    }

    private static Map<String, String> pairs(String cell) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : cell.isEmpty() ? new String[0] : cell.split(";", -1)) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    private static List<String> list(String cell) {
        return cell.isEmpty() ? new ArrayList<>() : List.of(cell.split(",", -1));
    }

    private static Map<String, Row> index(java.util.function.Function<Row, Stream<String>> names) {
        Map<String, Row> index = new HashMap<>();
        for (Row row : ROWS.values()) {
            names.apply(row).forEach(name -> index.put(name.toLowerCase(Locale.ROOT), row));
        }
        return index;
    }
}
