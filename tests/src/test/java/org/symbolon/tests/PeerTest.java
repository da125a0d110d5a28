package org.symbolon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class PeerTest {
    @TempDir
    Path root;

    @BeforeEach
    void listOnePackage() throws IOException {
        Files.createDirectories(root.resolve("tests/peers"));
        Files.writeString(root.resolve("tests/peers/packages"), "# why\nabacus-tools  counts\n");
    }

    @Test
    void program_onTheSearchPath_isFound() throws IOException {
        Path abacus = Files.createFile(root.resolve("abacus"));
        assertThat(abacus.toFile().setExecutable(true)).isTrue();

        assertThat(new Peer(root, Map.of("PATH", root.toString())).program("abacus", "abacus-tools"))
                .isEqualTo(abacus);
    }

    @Test
    void program_missingWhereNothingWasInstalled_isSkipped() {
        assertThatThrownBy(() -> new Peer(root, Map.of()).program("abacus", "abacus-tools"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("abacus is missing: install package abacus-tools");
    }

    @Test
    void program_missingInCi_fails() {
        assertThatThrownBy(() -> new Peer(root, Map.of("CI", "true")).program("abacus", "abacus-tools"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("abacus is missing: install package abacus-tools");
    }

    @Test
    void program_missingWhereThePeersWereInstalled_fails() throws IOException {
        Files.createFile(root.resolve("tests/peers/.installed"));

        assertThatThrownBy(() -> new Peer(root, Map.of()).program("abacus", "abacus-tools"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void file_firstThatExists_isFound() throws IOException {
        Path library = Files.createFile(root.resolve("abacus.so"));

        assertThat(new Peer(root, Map.of()).file("abacus-tools", root.resolve("none.so"), library))
                .isEqualTo(library);
    }

    @Test
    void program_ofAPackageThatIsNotListed_fails() {
        assertThatThrownBy(() -> new Peer(root, Map.of()).program("sh", "dash"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("tests/peers/packages");
    }
}
