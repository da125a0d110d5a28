package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.kmip.reference.OasisCase;

/** The client issues the requests of OASIS's test cases, and understands their responses. */
class OasisReplayTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> client_onReplayOfEachVersion_asksAndUnderstands() {
        return DynamicTest.stream(OasisCase.VERSIONS.stream(), version -> version, this::replay);
    }

    private void replay(String version) throws Exception {
        List<String> differences = new ArrayList<>();
        try (ClientSide side = new ClientSide(folder, version)) {
            for (OasisCase each : OasisCase.ofVersion(version).toList()) {
                side.run(each).forEach(difference -> differences.add(each + " " + difference));
            }
        }
        assertThat(differences).isEmpty();
    }
}
