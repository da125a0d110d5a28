package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of versions for others is that of the house. */
class BomTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("basedir"))).resolve("..");
    private static final Pattern MODULE = Pattern.compile("<module>([a-z0-9-]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(symbolon-[a-z0-9-]+)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<$]+)</version>");
    private static final List<String> NOT_FOR_OTHERS = List.of("symbolon-examples", "symbolon-tests", "symbolon-bom");

    @Test
    void bom_ofTheHouse_hasEveryLibrary() throws Exception {
        TreeSet<String> libraries = new TreeSet<>();
        for (String module : all(MODULE, "pom.xml")) {
            libraries.add(all(ARTIFACT, module + "/pom.xml").stream()
                    .filter(name -> !name.equals("symbolon-parent"))
                    .findFirst()
                    .orElseThrow());
        }
        NOT_FOR_OTHERS.forEach(libraries::remove);

        List<String> managed = all(ARTIFACT, "bom/pom.xml").stream().skip(1).toList();
        assertThat(managed).hasSizeGreaterThanOrEqualTo(8).containsExactlyInAnyOrderElementsOf(libraries);
    }

    @Test
    void bom_ofTheHouse_hasItsVersion() throws Exception {
        assertThat(all(VERSION, "bom/pom.xml"))
                .containsExactly(all(VERSION, "pom.xml").get(0));
    }

    private static List<String> all(Pattern pattern, String file) throws Exception {
        return pattern.matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
