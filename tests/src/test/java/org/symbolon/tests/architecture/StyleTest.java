package org.symbolon.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.symbolon.TokenException;

/** How the code is written, as far as compiled classes tell. */
class StyleTest {
    private static final String VAGUE_PACKAGE = "utils?|commons?|helpers?|impl|managers?";
    private static final String VAGUE_TYPE = ".*(Utils?|Commons?|Helpers?|Impl|Managers?)";
    private static final DescribedPredicate<JavaClass> OUTSIDE_THE_COMMAND_LINE = DescribedPredicate.describe(
            "outside the command line and the examples",
            type -> !type.getPackageName().startsWith("org.symbolon.cli")
                    && !type.getPackageName().startsWith("org.symbolon.examples"));

    @Test
    void packages_ofTheHouse_areNullMarked() {
        List<JavaPackage> packages = packages().toList();

        assertThat(packages).hasSizeGreaterThanOrEqualTo(12);
        assertThat(packages.stream()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .isEmpty();
    }

    @Test
    void packages_ofTheHouse_haveTellingNames() {
        assertThat(packages().map(JavaPackage::getRelativeName))
                .hasSizeGreaterThanOrEqualTo(12)
                .noneMatch(name -> name.matches(VAGUE_PACKAGE));
    }

    @Test
    void types_ofTheHouse_haveTellingNames() {
        assertThat(House.classes().stream().map(JavaClass::getSimpleName))
                .hasSizeGreaterThan(200)
                .noneMatch(name -> name.matches(VAGUE_TYPE));
    }

    @Test
    void exceptions_ofTokens_areOneFamily() {
        check(classes().that().areAssignableTo(TokenException.class).should().resideInAPackage("org.symbolon"));
        assertThat(TokenException.class.isSealed()).isTrue();
        assertThat(TokenException.class.getPermittedSubclasses()).hasSize(9);
    }

    @Test
    void output_outsideTheCommandLine_goesThroughSlf4j() {
        JavaClasses libraries = House.classes().that(OUTSIDE_THE_COMMAND_LINE);
        assertThat(libraries.size()).isGreaterThan(150);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(libraries);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(libraries);
    }

    @Test
    void environment_ofTheProcess_isReadByConfigurationAndCommandLineOnly() {
        check(noClasses()
                .that(OUTSIDE_THE_COMMAND_LINE)
                .and()
                .resideOutsideOfPackage("org.symbolon.config..")
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv"));
    }

    @Test
    void internals_ofTheJdk_areNotTouched() {
        check(noClasses().should().dependOnClassesThat().resideInAnyPackage("sun..", "com.sun..", "jdk.internal.."));
    }

    @Test
    void locks_ofTheHouse_arePrivateAndFinal() {
        check(fields().that()
                .haveRawType(ReentrantLock.class)
                .should()
                .beFinal()
                .andShould()
                .bePrivate());
    }

    private static Stream<JavaPackage> packages() {
        return House.classes().stream().map(JavaClass::getPackage).distinct();
    }

    private static void check(ArchRule rule) {
        assertThat(House.classes().size()).isGreaterThan(200);
        rule.allowEmptyShould(false).check(House.classes());
    }
}
