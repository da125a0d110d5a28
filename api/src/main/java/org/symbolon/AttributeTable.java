package org.symbolon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The attribute tables of PKCS #11 3.2: which attributes an object of a class and key type has, and the standard's rules
 * for each. Thread-safe.
 */
public final class AttributeTable {
    private static final List<Row> ROWS = read();
    private static final String ROWS_OF_EVERY_KEY = "key_objects";

    private static final Map<ObjectClass, List<String>> CLASS_FILES = Map.of(
            ObjectClass.DATA, List.of("data_objects"),
            ObjectClass.CERTIFICATE, List.of("certificate_objects"),
            ObjectClass.PUBLIC_KEY, List.of(ROWS_OF_EVERY_KEY, "public_key_objects"),
            ObjectClass.PRIVATE_KEY, List.of(ROWS_OF_EVERY_KEY, "private_key_objects"),
            ObjectClass.SECRET_KEY, List.of(ROWS_OF_EVERY_KEY, "secret_key_objects"));

    private static final Map<String, String> KEY_TYPE_TABLES = Map.ofEntries(
            Map.entry("CKK_RSA", "RSA"),
            Map.entry("CKK_DH", "Diffie-Hellman"),
            Map.entry("CKK_EC", "Elliptic Curve"),
            Map.entry("CKK_EC_EDWARDS", "Edwards Elliptic Curve"),
            Map.entry("CKK_EC_MONTGOMERY", "Montgomery Elliptic Curve"),
            Map.entry("CKK_ML_DSA", "ML-DSA"),
            Map.entry("CKK_ML_KEM", "ML-KEM"),
            Map.entry("CKK_SLH_DSA", "SLH-DSA"),
            Map.entry("CKK_GENERIC_SECRET", "Generic"),
            Map.entry("CKK_HKDF", "Generic"),
            Map.entry("CKK_AES", "AES"),
            Map.entry("CKK_AES_XTS", "AES-XTS"),
            Map.entry("CKK_DES3", "DES3"),
            Map.entry("CKK_CHACHA20", "ChaCha20"));

    private AttributeTable() {}

    /**
     * The standard's rules for one attribute of one kind of object (PKCS #11 v3.2 section 4, notes 1 to 13 of its common
     * attribute table).
     *
     * @param attribute the attribute
     * @param footnotes the numbers of the notes that apply, 1 to 13
     * @param defaultText the default as the standard writes it ({@code CK_TRUE}, {@code empty} ...); empty where it
     *     gives none
     */
    public record Rule(Attribute<?> attribute, Set<Integer> footnotes, String defaultText) {
        public Rule {
            footnotes = Set.copyOf(footnotes);
        }

        /** {@return whether the attribute is a secret part of a key: hidden if sensitive or not extractable (note 7)} */
        public boolean secret() {
            return footnotes.contains(7);
        }

        /** {@return the default that is a boolean, or empty where there is none} */
        public Optional<Boolean> booleanDefault() {
            return switch (defaultText) {
                case "CK_TRUE" -> Optional.of(true);
                case "CK_FALSE" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
    }

    private record Row(String file, String table, String attribute, Set<Integer> footnotes, String type, String def) {}

    /**
     * Returns the rules of every attribute that an object of this class and key type can have, merged from the common,
     * storage, key, class and key-type tables.
     *
     * @param objectClass the class
     * @param keyType the type of a key; empty for what is no key
     * @return attribute to rule, by attribute number
     */
    public static Map<Attribute<?>, Rule> rules(ObjectClass objectClass, Optional<KeyType> keyType) {
        Map<Attribute<?>, Rule> rules = new TreeMap<>();
        List<String> files = new ArrayList<>(List.of("common_attributes", "storage_objects"));
        files.addAll(CLASS_FILES.getOrDefault(objectClass, List.of()));
        String keyTable = keyType.map(type -> tableOf(objectClass, type)).orElse("");
        for (Row row : ROWS) {
            boolean wanted = files.contains(row.file)
                    ? !row.file.equals("certificate_objects") || isX509(row.table)
                    : row.table.startsWith(keyTable) && !keyTable.isEmpty();
            if (wanted) {
                Attribute.named(row.attribute)
                        .ifPresent(attribute -> rules.merge(
                                attribute, new Rule(attribute, row.footnotes, row.def), AttributeTable::merge));
            }
        }
        return Collections.unmodifiableMap(rules);
    }

    private static boolean isX509(String table) {
        return table.startsWith("Common") || table.startsWith("X.509 Certificate");
    }

    private static String tableOf(ObjectClass objectClass, KeyType keyType) {
        String prefix = KEY_TYPE_TABLES.get(keyType.name());
        if (prefix == null) {
            return "";
        }
        if (objectClass.equals(ObjectClass.PUBLIC_KEY)) {
            return prefix + " Public Key";
        }
        return prefix + (objectClass.equals(ObjectClass.PRIVATE_KEY) ? " Private Key" : " Secret Key");
    }

    private static Rule merge(Rule first, Rule second) {
        Set<Integer> footnotes = java.util.stream.Stream.concat(first.footnotes.stream(), second.footnotes.stream())
                .collect(Collectors.toSet());
        return new Rule(
                first.attribute, footnotes, second.defaultText.isEmpty() ? first.defaultText : second.defaultText);
    }

    /** {@return the type of each attribute that stands in a table, by name} */
    static Map<String, AttributeType<?>> types() {
        Map<String, AttributeType<?>> types = new HashMap<>();
        for (Row row : ROWS) {
            AttributeType<?> type = type(row.attribute, row.type);
            if (type != null) {
                types.merge(row.attribute, type, (a, b) -> a.equals(b) ? a : AttributeType.BYTES);
            }
        }
        return types;
    }

    private static @org.jspecify.annotations.Nullable AttributeType<?> type(String attribute, String type) {
        return switch (type) {
            case "" -> null;
            case "CK_BBOOL", "BOOL" -> AttributeType.BOOLEAN;
            case "CK_OBJECT_CLASS" -> AttributeType.OBJECT_CLASS;
            case "CK_KEY_TYPE" -> AttributeType.KEY_TYPE;
            case "CK_MECHANISM_TYPE" -> AttributeType.MECHANISM;
            case "CK_ATTRIBUTE_PTR" -> AttributeType.TEMPLATE;
            case "CK_DATE" -> AttributeType.DATE;
            case "Byte array", "Big integer", "CK_CHAR[16]", "CK_ULONG_PTR", "CK_VERSION" -> AttributeType.BYTES;
            case "RFC 2279 string", "RFC2279 string", "CK_UTF8CHAR" -> AttributeType.STRING;
            default -> attribute.equals("CKA_ALLOWED_MECHANISMS") ? AttributeType.MECHANISMS : AttributeType.ULONG;
        };
    }

    private static List<Row> read() {
        return ConstantTable.rows("attributes.tsv").stream()
                .filter(cells -> !cells[7].equals("derive"))
                .map(cells -> new Row(cells[0], cells[1], cells[2], notes(cells[3], cells[7]), cells[4], cells[5]))
                .toList();
    }

    /** {@return a row's notes in the numbering of the common table; of another table's own notes only "required"} */
    private static Set<Integer> notes(String cell, String scope) {
        if (cell.isEmpty()) {
            return Set.of();
        }
        Set<Integer> notes =
                Arrays.stream(cell.split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet());
        if (scope.equals("table")) {
            return notes.contains(1) ? Set.of(1) : Set.of();
        }
        return notes;
    }
}
