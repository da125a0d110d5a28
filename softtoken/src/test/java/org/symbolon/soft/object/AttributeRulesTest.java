package org.symbolon.soft.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.KeyType;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.TokenException;

/**
 * The notes of every row of the standard's attribute tables, generated from attributes.tsv: each row of each kind of
 * object that this token has is held to what its notes say. The rows are read here on their own, not through the table
 * that the rules use.
 */
class AttributeRulesTest {
    private static final MechanismType GENERATOR = MechanismType.named("CKM_AES_KEY_GEN");
    private static final Map<String, Set<ObjectClass>> CLASSES_OF_FILE = Map.of(
            "storage_objects",
            Set.of(
                    ObjectClass.DATA,
                    ObjectClass.CERTIFICATE,
                    ObjectClass.PUBLIC_KEY,
                    ObjectClass.PRIVATE_KEY,
                    ObjectClass.SECRET_KEY),
            "key_objects",
            Set.of(ObjectClass.PUBLIC_KEY, ObjectClass.PRIVATE_KEY, ObjectClass.SECRET_KEY),
            "public_key_objects",
            Set.of(ObjectClass.PUBLIC_KEY),
            "private_key_objects",
            Set.of(ObjectClass.PRIVATE_KEY),
            "secret_key_objects",
            Set.of(ObjectClass.SECRET_KEY));
    private static final Map<KeyType, String> TABLES = Map.ofEntries(
            Map.entry(KeyType.RSA, "RSA"),
            Map.entry(KeyType.DH, "Diffie-Hellman"),
            Map.entry(KeyType.EC, "Elliptic Curve"),
            Map.entry(KeyType.EC_EDWARDS, "Edwards Elliptic Curve"),
            Map.entry(KeyType.EC_MONTGOMERY, "Montgomery Elliptic Curve"),
            Map.entry(KeyType.ML_DSA, "ML-DSA"),
            Map.entry(KeyType.ML_KEM, "ML-KEM"),
            Map.entry(KeyType.SLH_DSA, "SLH-DSA"),
            Map.entry(KeyType.GENERIC_SECRET, "Generic"),
            Map.entry(KeyType.AES, "AES"),
            Map.entry(KeyType.AES_XTS, "AES-XTS"),
            Map.entry(KeyType.DES3, "DES3"),
            Map.entry(KeyType.CHACHA20, "ChaCha20"));
    private static final Map<ObjectClass, String> TABLE_ENDS = Map.of(
            ObjectClass.PUBLIC_KEY, " Public Key",
            ObjectClass.PRIVATE_KEY, " Private Key",
            ObjectClass.SECRET_KEY, " Secret Key");

    /** A row of the table, of one kind of object. */
    record Row(ObjectKind kind, Attribute<?> attribute, Set<Integer> notes, String defaultText) {
        boolean has(int note) {
            return notes.contains(note);
        }

        /** Whether a template must not have it: what the module makes with the key pair (note 13) never. */
        boolean isForbidden(Making making) {
            return has(making.forbiddenNote()) || has(13);
        }

        @Override
        public String toString() {
            return kind + " " + attribute + " " + notes;
        }
    }

    static List<Row> rows() throws IOException {
        return lines().stream()
                .filter(cells -> cells[7].equals("common"))
                .flatMap(cells -> kinds(cells[0], cells[1])
                        .flatMap(kind -> Attribute.named(cells[2])
                                .map(attribute -> new Row(kind, attribute, notes(cells[3]), cells[5]))
                                .stream()))
                .toList();
    }

    private static List<String[]> lines() throws IOException {
        try (InputStream in = Objects.requireNonNull(AttributeTable.class.getResourceAsStream("attributes.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\\t", -1))
                    .toList();
        }
    }

    private static Set<Integer> notes(String cell) {
        return Arrays.stream(cell.split(",", -1))
                .filter(note -> !note.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    /** Returns the kinds of objects that a row is of. */
    private static Stream<ObjectKind> kinds(String file, String table) {
        return Stream.concat(
                        Stream.of(ObjectClass.DATA, ObjectClass.CERTIFICATE)
                                .map(objectClass -> new ObjectKind(objectClass, Optional.empty())),
                        TABLE_ENDS.keySet().stream()
                                .flatMap(objectClass -> TABLES.keySet().stream()
                                        .map(type -> new ObjectKind(objectClass, Optional.of(type)))))
                .filter(ObjectKind::isKnown)
                .filter(kind -> isOf(kind, file, table));
    }

    private static boolean isOf(ObjectKind kind, String file, String table) {
        if (CLASSES_OF_FILE.containsKey(file)) {
            return Objects.requireNonNull(CLASSES_OF_FILE.get(file)).contains(kind.objectClass());
        }
        if (kind.keyType().isEmpty()) {
            String own = kind.objectClass().equals(ObjectClass.DATA) ? "data_objects" : "certificate_objects";
            return file.equals(own) && !table.startsWith("WTLS") && !table.contains("Attribute Certificate");
        }
        String own = TABLES.get(kind.keyType().get()) + TABLE_ENDS.get(kind.objectClass());
        return table.startsWith(own);
    }

    private static final Attributes OF_NOTHING = Attributes.none();

    private static Attributes with(Attributes attributes, Attribute<?> attribute, boolean value) {
        return Samples.set(Attributes.builder().setAll(attributes), attribute, value)
                .build();
    }

    /** Returns a template that has what a way of making an object requires, and nothing that it forbids. */
    private static Attributes template(ObjectKind kind, Making making) throws IOException {
        Attributes template = OF_NOTHING;
        for (Row row : rows()) {
            if (row.kind.equals(kind) && row.has(making.requiredNote()) && !row.isForbidden(making)) {
                template = with(template, row.attribute, false);
            }
        }
        if (kind.objectClass().equals(ObjectClass.CERTIFICATE)) {
            template = with(template, Attribute.SUBJECT, false);
            template = with(template, Attribute.VALUE, false);
            template = template.with(Attribute.CERTIFICATE_TYPE, 0L);
        }
        Attributes named = template.with(Attribute.CLASS, kind.objectClass());
        return kind.keyType().map(type -> named.with(Attribute.KEY_TYPE, type)).orElse(named);
    }

    private static Attributes make(ObjectKind kind, Making making, Attributes template) throws TokenException {
        return switch (making) {
            case CREATE -> ObjectRules.create(template, false);
            case GENERATE -> ObjectRules.generate(kind, template, GENERATOR, false);
            case UNWRAP -> ObjectRules.unwrap(template, false);
        };
    }

    private static List<Making> waysToMake(ObjectKind kind) {
        Set<Making> ways = new LinkedHashSet<>(List.of(Making.CREATE));
        if (kind.keyType().isPresent()) {
            ways.add(Making.GENERATE);
        }
        if (kind.isSecret()) {
            ways.add(Making.UNWRAP);
        }
        return List.copyOf(ways);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_ofTheTable_isAsItsNotesSay(Row row) throws Exception {
        for (Making making : waysToMake(row.kind)) {
            Attributes whole = template(row.kind, making);
            assertThat(catchThrowable(() -> make(row.kind, making, whole)))
                    .as("%s of a %s with all that it requires", making, row.kind)
                    .isNull();
            boolean classOrType = row.attribute.equals(Attribute.CLASS) || row.attribute.equals(Attribute.KEY_TYPE);
            if (row.isForbidden(making)) {
                assertThatThrownBy(() -> make(row.kind, making, with(whole, row.attribute, false)))
                        .as("note %s or 13", making.forbiddenNote())
                        .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
            } else if (row.has(making.requiredNote()) && !classOrType) {
                assertThatThrownBy(() -> make(row.kind, making, whole.without(row.attribute)))
                        .as("note %s", making.requiredNote())
                        .hasMessageContaining("CKR_TEMPLATE_INCOMPLETE");
            }
        }
        assertChanges(row);
        assertDefault(row);
        assertThat(row.kind.secrets().contains(row.attribute)).as("note 7").isEqualTo(row.has(7));
    }

    private static void assertChanges(Row row) throws Exception {
        Attributes object = make(row.kind, Making.CREATE, template(row.kind, Making.CREATE));
        boolean flag = row.attribute.type().equals(AttributeType.BOOLEAN);
        if (row.has(10)) {
            assertThatThrownBy(() -> ObjectRules.set(object, with(OF_NOTHING, row.attribute, true), false))
                    .as("note 10")
                    .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
            ObjectRules.set(object, with(OF_NOTHING, row.attribute, true), true);
        } else if (row.has(11) || row.has(12)) {
            boolean latched = row.has(11);
            Attributes at = with(object, row.attribute, latched);
            assertThatThrownBy(() -> ObjectRules.set(at, with(OF_NOTHING, row.attribute, !latched), false))
                    .as("notes 11 and 12")
                    .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
            ObjectRules.set(with(object, row.attribute, !latched), with(OF_NOTHING, row.attribute, latched), false);
        } else if (row.has(8)) {
            ObjectRules.set(object, with(OF_NOTHING, row.attribute, flag), false);
        } else if (!isModifiableByText(row)) {
            assertThatThrownBy(() -> ObjectRules.set(object, with(OF_NOTHING, row.attribute, flag), false))
                    .as("without note 8")
                    .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
        }
    }

    /** What may be changed by the words beside the tables. */
    private static boolean isModifiableByText(Row row) {
        Set<Attribute<?>> ofCertificates = Set.of(Attribute.ID, Attribute.ISSUER, Attribute.SERIAL_NUMBER);
        return row.attribute.equals(Attribute.LABEL)
                || (row.kind.objectClass().equals(ObjectClass.CERTIFICATE) && ofCertificates.contains(row.attribute));
    }

    private static void assertDefault(Row row) throws Exception {
        Attributes object = make(row.kind, Making.CREATE, template(row.kind, Making.CREATE));
        Set<Attribute<?>> ofTheToken = Set.of(Attribute.SENSITIVE, Attribute.PRIVATE);
        if (row.attribute.type().equals(AttributeType.BOOLEAN) && !ofTheToken.contains(row.attribute)) {
            if (row.defaultText.equals("CK_TRUE")) {
                assertThat(object.isTrue(row.attribute.as(AttributeType.BOOLEAN)))
                        .isTrue();
            } else if (row.defaultText.equals("CK_FALSE") && !row.has(8)) {
                assertThat(object.isTrue(row.attribute.as(AttributeType.BOOLEAN)))
                        .isFalse();
            }
        }
    }

    @Test
    void rows_ofTheKindsOfThisToken_areManyAndOfEachKind(TestReporter reporter) throws Exception {
        List<Row> rows = rows();
        long kinds = rows.stream().map(Row::kind).distinct().count();
        reporter.publishEntry(
                Map.of("attribute rows", Integer.toString(rows.size()), "kinds of objects", Long.toString(kinds)));

        assertThat(kinds).isEqualTo(23);
        assertThat(rows).hasSizeGreaterThan(600);
        assertThat(rows.stream().filter(row -> row.has(1)).count()).isGreaterThan(60);
    }
}
