package org.symbolon.ssh;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The vectors of the SSH reference. In CI they must be there; elsewhere their tests are skipped without them. */
public final class SshVectors {
    private static final Path FILE = Path.of(
                    System.getProperty("symbolon.root", ".."), "..", "shared", "reference", "ssh")
            .resolve("vectors.jsonl");

    private SshVectors() {}

    /** The vectors whose id begins so. */
    public static List<JsonNode> group(String group) {
        if (!Files.exists(FILE)) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                fail("The SSH vectors are missing: " + FILE);
            }
            assumeTrue(false, "The SSH vectors are not on this machine");
        }
        try {
            List<JsonNode> vectors = new ArrayList<>();
            ObjectMapper json = new ObjectMapper();
            for (String line : Files.readAllLines(FILE)) {
                JsonNode vector = json.readTree(line);
                if (vector.path("id").asText().startsWith(group + "/")) {
                    vectors.add(vector);
                }
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] hex(JsonNode vector, String field) {
        return HexFormat.of().parseHex(vector.path(field).asText());
    }
}
