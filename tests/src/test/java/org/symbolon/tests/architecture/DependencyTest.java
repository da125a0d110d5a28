package org.symbolon.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Everything meets in the API, and only there. */
class DependencyTest {
    @TestFactory
    Stream<DynamicTest> classes_ofEachPart_knowOnlyWhatTheTableAllows() {
        return DynamicTest.stream(House.TABLE.iterator(), House.Row::root, row -> {
            List<JavaClass> classes = House.classesOf(row);

            assertThat(classes).as("classes seen").hasSizeGreaterThanOrEqualTo(row.least());
            assertThat(classes.stream()
                            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                            .filter(dependency -> !isAllowed(row, dependency))
                            .map(Dependency::getDescription))
                    .isEmpty();
        });
    }

    @Test
    void table_ofDependencies_seesTheWholeHouse() {
        assertThat(House.classes().size()).isGreaterThan(200);
        assertThat(House.TABLE.stream()
                        .mapToInt(row -> House.classesOf(row).size())
                        .sum())
                .isEqualTo(House.classes().size());
    }

    @Test
    void table_ofDependencies_refusesWhatItShould() {
        House.Row model = House.rowOf("org.symbolon");
        House.Row jca = House.rowOf("org.symbolon.jca");

        assertThat(House.allows(model, "java.util")).isTrue();
        assertThat(House.allows(model, "java.sql")).isFalse();
        assertThat(House.allows(model, "org.bouncycastle.crypto")).isFalse();
        assertThat(House.allows(model, "com.fasterxml.jackson.databind")).isFalse();
        assertThat(House.allows(model, "org.symbolon.soft.store")).isFalse();
        assertThat(House.allows(jca, "org.symbolon.soft")).isFalse();
        assertThat(House.allows(jca, "org.symbolon.ssh")).isFalse();
        assertThat(House.allows(House.rowOf("org.symbolon.ssh"), "org.apache.sshd.server"))
                .isFalse();
        assertThat(House.allows(House.rowOf("org.symbolon.soft.store"), "java.sql"))
                .isTrue();
    }

    @Test
    void api_ofTokens_knowsNoSockets() {
        noClasses()
                .that()
                .resideInAnyPackage("org.symbolon", "org.symbolon.spi", "org.symbolon.key", "org.symbolon.config")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Server)?Socket|java\\.nio\\.channels\\.(Server)?SocketChannel")
                .check(House.classes());
    }

    @Test
    void packages_ofOneModule_haveNoCycles() {
        for (String module : List.of("soft", "kmip", "remote", "jca", "ssh", "spring", "cli")) {
            slices().matching("org.symbolon." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(House.classes());
        }
    }

    @Test
    void modules_ofTheHouse_haveNoCycles() {
        slices().matching("org.symbolon.(soft|kmip|remote|jca|ssh|spring|cli)..")
                .should()
                .beFreeOfCycles()
                .check(House.classes());
    }

    private static boolean isAllowed(House.Row row, Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        return target.isPrimitive() || House.allows(row, target.getPackageName());
    }
}
