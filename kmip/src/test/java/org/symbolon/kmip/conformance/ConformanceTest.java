package org.symbolon.kmip.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.kmip.reference.OasisCase;

/** What docs/kmip-conformance.md says of OASIS's cases is so, and does not get worse. */
class ConformanceTest {
    private static final Path PAGE = Path.of(System.getProperty("symbolon.root", ".."), "docs", "kmip-conformance.md");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    @TempDir
    private Path folder;

    @Test
    void cases_ofAllVersions_passAsOftenAsThePageSays() throws Exception {
        Report report = new Suite().run(folder);

        List<List<Integer>> said = numbers(Files.readAllLines(PAGE));
        List<List<Integer>> found = numbers(report.table());
        assertThat(found)
                .as("failures:%n%s", String.join("\n", report.failures()))
                .hasSameSizeAs(said);
        for (int i = 0; i < said.size(); i++) {
            for (int column = 0; column < said.get(i).size(); column++) {
                assertThat(found.get(i).get(column))
                        .as(
                                "row %s of the table, %s; failures:%n%s",
                                i, said.get(i), String.join("\n", report.failures()))
                        .isGreaterThanOrEqualTo(said.get(i).get(column));
            }
        }
    }

    /** The numbers of the rows of versions. */
    private static List<List<Integer>> numbers(List<String> lines) {
        List<List<Integer>> rows = new ArrayList<>();
        for (String line : lines) {
            if (OasisCase.VERSIONS.stream().anyMatch(version -> line.startsWith("| " + version + " |"))) {
                List<Integer> row = new ArrayList<>();
                Matcher matcher = NUMBER.matcher(line);
                while (matcher.find()) {
                    row.add(Integer.valueOf(matcher.group()));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void casesThatDoNotApply_areThere() {
        List<String> files = OasisCase.all().map(OasisCase::toString).toList();
        assertThat(files).containsAll(new Suite().named());
    }
}
