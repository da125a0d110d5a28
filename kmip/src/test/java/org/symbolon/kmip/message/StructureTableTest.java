package org.symbolon.kmip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.reference.KmipReference;
import org.symbolon.kmip.ttlv.ValueTable;

/** The records and the tables agree. */
class StructureTableTest {
    @TestFactory
    Stream<DynamicTest> operations_ofTheStandard_haveRecordsWithEveryField() {
        return DynamicTest.stream(ValueTable.of("Operation").values().stream(), ValueTable.Value::xmlName, value -> {
            OperationTable.Row row = OperationTable.row(new org.symbolon.kmip.enumeration.Operation(value.number()))
                    .orElseThrow();
            assertThatCode(() -> ValueForms.of(row.request())).doesNotThrowAnyException();
            assertThatCode(() -> ValueForms.of(row.response())).doesNotThrowAnyException();
        });
    }

    @Test
    void variants_ofSealedTypes_haveForms() {
        Stream.of(ManagedObject.class, Credential.class, KeyMaterial.class)
                .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                .filter(type -> type != KeyMaterial.Encoded.class && type != KeyMaterial.Other.class)
                .forEach(type -> {
                    assertThat(StructureTable.rows(type.getSimpleName()))
                            .as(type.toString())
                            .isNotEmpty();
                    assertThatCode(() -> ValueForms.of(type)).doesNotThrowAnyException();
                });
    }

    @Test
    void table_ofStructures_hasWhatTheStandardHas() {
        List<String[]> reference = KmipReference.rows("structures.tsv");

        assertThat(reference.stream().filter(row -> row[1].equals("request") && row[2].equals("c2s")))
                .allSatisfy(row -> assertThat(StructureTable.rows(row[0].replaceAll("[^A-Za-z0-9]", "") + ".Request"))
                        .as(row[0])
                        .anySatisfy(
                                known -> assertThat(known.versions().toString()).isEqualTo(row[3])));
        assertThat(reference).hasSizeGreaterThan(1000);
    }
}
