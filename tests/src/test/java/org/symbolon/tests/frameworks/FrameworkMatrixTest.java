package org.symbolon.tests.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/**
 * What docs/frameworks.md says works, works, and nothing else does.
 *
 * <p>With {@code -Dsymbolon.frameworks.update=true} the tables are written instead.
 */
class FrameworkMatrixTest {
    private static FrameworkMatrix matrix;

    @BeforeAll
    static void open() throws Exception {
        matrix = FrameworkMatrix.open(System.err);
    }

    @AfterAll
    static void close() {
        matrix.close();
    }

    static List<Framework> frameworks() {
        return FrameworkMatrix.frameworks();
    }

    @ParameterizedTest
    @MethodSource("frameworks")
    void framework_withKeysInATokenOnThisJdk_doesWhatTheTableSays(Framework framework) throws Exception {
        DocumentedMatrix.ofThisJdk().check(List.of(matrix.row(framework)));
    }

    @Test
    void table_ofThisJdk_hasALineForEachFramework() throws Exception {
        assertThat(DocumentedMatrix.ofThisJdk().lines())
                .extracting(line -> line.split("\\|", -1)[1].strip())
                .containsExactlyElementsOf(
                        frameworks().stream().map(Framework::title).toList());
    }

    @Test
    void frameworks_onANewerJdk_doWhatItsTableSays() throws Exception {
        Path home = Peer.requireNewerJdk();
        Path output = Files.createTempFile("matrix", ".txt");
        try {
            Program program = Program.run(
                    home.resolve("bin/java"),
                    "-Xmx300m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FrameworkMatrix.class.getName(),
                    output);
            assertThat(program.exitCode()).as(program.output()).isZero();
            List<String> rows = new ArrayList<>(Files.readAllLines(output, StandardCharsets.UTF_8));
            assertThat(rows).hasSameSizeAs(frameworks());
            DocumentedMatrix.ofNewerJdk().check(rows);
        } finally {
            Files.delete(output);
        }
    }
}
