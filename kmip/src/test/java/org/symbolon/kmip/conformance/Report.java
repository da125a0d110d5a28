package org.symbolon.kmip.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.symbolon.kmip.reference.OasisCase;

/** What came of all cases, by version and class. */
final class Report {
    /** The classes of cases, in the words of the index. */
    static final List<String> CLASSES = List.of("mandatory", "optional", "use case");

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    /** A row of the table. */
    static final class Row {
        private int cases;
        private int notApplicable;
        private int encoding;
        private int client;
        private int server;
        private final Map<String, int[]> byClass = new TreeMap<>();
    }

    private Row row(OasisCase each) {
        return rows.computeIfAbsent(each.toString().substring(0, 3), version -> new Row());
    }

    void addNotApplicable(OasisCase each) {
        row(each).cases++;
        row(each).notApplicable++;
    }

    void add(OasisCase each, String kind, List<String> encoding, List<String> client, List<String> server) {
        Row row = row(each);
        row.cases++;
        row.encoding += encoding.isEmpty() ? 1 : 0;
        row.client += client.isEmpty() ? 1 : 0;
        row.server += server.isEmpty() ? 1 : 0;
        int[] counts = row.byClass.computeIfAbsent(kind, name -> new int[2]);
        counts[0] += server.isEmpty() ? 1 : 0;
        counts[1]++;
        encoding.stream().limit(1).forEach(said -> failures.add(each + " encoding: " + said));
        client.stream().limit(1).forEach(said -> failures.add(each + " client: " + said));
        server.stream().limit(1).forEach(said -> failures.add(each + " server: " + said));
    }

    /** The first difference of each case that failed. */
    List<String> failures() {
        return failures;
    }

    /** The table of docs/kmip-conformance.md. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("| KMIP | cases | not applicable | encodings | client | server | mandatory | optional | use cases |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        rows.forEach((version, row) -> lines.add(line(version, row)));
        return lines;
    }

    private static String line(String version, Row row) {
        int of = row.cases - row.notApplicable;
        StringBuilder line = new StringBuilder("| " + version + " | " + row.cases + " | " + row.notApplicable);
        for (int passed : new int[] {row.encoding, row.client, row.server}) {
            line.append(" | ").append(passed).append(" of ").append(of);
        }
        for (String kind : CLASSES) {
            int[] counts = row.byClass.getOrDefault(kind, new int[2]);
            line.append(" | ").append(counts[0]).append(" of ").append(counts[1]);
        }
        return line + " |";
    }

    /** The same as JSON. */
    String json() {
        List<String> versions = new ArrayList<>();
        rows.forEach((version, row) -> versions.add(String.format(
                "{\"version\":\"%s\",\"cases\":%d,\"notApplicable\":%d,\"encodings\":%d,\"client\":%d,\"server\":%d}",
                version, row.cases, row.notApplicable, row.encoding, row.client, row.server)));
        List<String> failed = failures.stream()
                .map(each -> '"' + each.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
        return "{\"versions\":[" + String.join(",", versions) + "],\"failures\":[" + String.join(",", failed) + "]}";
    }

    boolean isPassed() {
        return failures.isEmpty();
    }
}
