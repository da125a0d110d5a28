package org.symbolon.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.symbolon.tests.Peer;

/**
 * The public API is what the committed listing says it is, so that a review shows every change of it.
 *
 * <p>{@code mvn verify -pl tests -am -Dtest=PublicApiTest -Dsymbolon.api.update=true} writes the listing anew.
 */
class PublicApiTest {
    private static final Path LISTINGS = Peer.root().resolve("tests/src/test/resources/public-api");
    private static final String HOW_TO_UPDATE = "If the change is meant, write the listing anew with"
            + " `mvn verify -pl tests -am -Dtest=PublicApiTest -Dsymbolon.api.update=true` and commit it with the change.";

    @Test
    void publicApi_ofEachModule_isTheCommittedOne() throws IOException {
        Map<String, List<String>> present = PublicApi.ofEachModule(Peer.root());
        if (Boolean.getBoolean("symbolon.api.update")) {
            write(present);
        }

        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, List<String>> module : present.entrySet()) {
            differences.addAll(differences(module.getKey(), committed(module.getKey()), module.getValue()));
        }

        assertThat(differences).as(HOW_TO_UPDATE).isEmpty();
        assertThat(present.values().stream().mapToInt(List::size).sum())
                .as("lines")
                .isGreaterThan(600);
    }

    @Test
    void publicApi_listings_areOfModulesThatExist() throws IOException {
        try (Stream<Path> files = Files.list(LISTINGS)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            PublicApi.ofEachModule(Peer.root()).keySet());
        }
    }

    @Test
    void publicApi_ofTheModel_hasWhatTheReadmeUses() throws IOException {
        assertThat(PublicApi.ofEachModule(Peer.root()).get("org.symbolon"))
                .anyMatch(line -> line.startsWith("public final class org.symbolon.TokenModule"))
                .anyMatch(line -> line.contains("org.symbolon.TokenModule open(java.lang.String)"));
    }

    private static List<String> differences(String module, List<String> before, List<String> now) {
        List<String> differences = new ArrayList<>();
        addMissing(differences, module + " - ", before, now);
        addMissing(differences, module + " + ", now, before);
        return differences;
    }

    /** Lines of one listing that another lacks, each with the type that it belongs to. */
    private static void addMissing(List<String> differences, String prefix, List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(withTypes(others));
        for (String line : withTypes(lines)) {
            if (!left.remove(line)) {
                differences.add(prefix + line);
            }
        }
    }

    private static List<String> withTypes(List<String> listing) {
        List<String> lines = new ArrayList<>();
        String type = "";
        for (String line : listing) {
            if (line.startsWith("    ")) {
                lines.add(type + ": " + line.strip());
            } else if (!line.isEmpty()) {
                type = line;
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<String> committed(String module) throws IOException {
        Path file = LISTINGS.resolve(module + ".txt");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static void write(Map<String, List<String>> listings) throws IOException {
        Files.createDirectories(LISTINGS);
        for (Map.Entry<String, List<String>> listing : listings.entrySet()) {
            String text = String.join("\n", listing.getValue()).strip() + "\n";
            Files.write(LISTINGS.resolve(listing.getKey() + ".txt"), text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
