package org.symbolon.tests.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.tests.Peer;

/** A table of docs/frameworks.md: the lines below a heading that begin with a bar, but the first two. */
final class DocumentedMatrix {
    private static final Path PAGE = Peer.root().resolve("docs/frameworks.md");
    private static final int HEADER_LINES = 2;

    private final String heading;

    private DocumentedMatrix(String heading) {
        this.heading = heading;
    }

    static DocumentedMatrix ofThisJdk() {
        return new DocumentedMatrix("### Java 17");
    }

    static DocumentedMatrix ofNewerJdk() {
        return new DocumentedMatrix("### Java 25");
    }

    /** Returns the lines of the table. */
    List<String> lines() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        return page.subList(first(page), end(page));
    }

    private int first(List<String> page) {
        int line = page.indexOf(heading) + 1;
        assertThat(line).as(PAGE + " has " + heading).isPositive();
        while (!page.get(line).startsWith("|")) {
            line++;
        }
        return line + HEADER_LINES;
    }

    private int end(List<String> page) {
        int line = first(page);
        while (line < page.size() && page.get(line).startsWith("|")) {
            line++;
        }
        return line;
    }

    /** Checks that the table has these lines; writes them into it if that is wanted. */
    void check(List<String> rows) throws IOException {
        if (Boolean.getBoolean("symbolon.frameworks.update")) {
            write(rows);
        }
        assertThat(lines()).containsAll(rows);
    }

    private void write(List<String> rows) throws IOException {
        List<String> page = new ArrayList<>(Files.readAllLines(PAGE));
        for (String row : rows) {
            String name = row.substring(0, row.indexOf('|', 1) + 1);
            int found = -1;
            for (int line = first(page); line < end(page); line++) {
                found = page.get(line).startsWith(name) ? line : found;
            }
            if (found < 0) {
                page.add(end(page), row);
            } else {
                page.set(found, row);
            }
        }
        Files.write(PAGE, page);
    }
}
