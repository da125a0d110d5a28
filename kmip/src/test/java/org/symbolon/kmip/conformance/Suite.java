package org.symbolon.kmip.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.symbolon.kmip.ClientSide;
import org.symbolon.kmip.reference.KmipReference;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.server.MachineRig;

/** The cases, which of them do not apply, and which build on others; all of it is written down before a run. */
final class Suite {
    private final Map<String, String> reasons = new HashMap<>();
    private final Map<String, List<String>> before = new HashMap<>();
    private final Map<String, String> classes = new HashMap<>();

    private final Map<String, Map<String, String>> settings = new HashMap<>();

    Suite() {
        rows("settings.tsv")
                .forEach(row -> settings.computeIfAbsent(row[0], file -> new HashMap<>())
                        .put(row[1], row[2]));
        rows("not-applicable.tsv").forEach(row -> reasons.put(row[0], row[1]));
        rows("builds-on.tsv").forEach(row -> before.put(row[0], List.of(row[1].split(","))));
        KmipReference.rows("testcases/INDEX.tsv").forEach(row -> classes.put(row[0], row[1]));
    }

    private static List<String[]> rows(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Suite.class.getResourceAsStream(resource), resource), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs all cases on all sides, with the keys of a TLS server in a folder. */
    Report run(Path folder) throws Exception {
        Report report = new Report();
        List<OasisCase> all = OasisCase.all().toList();
        try (MachineRig rig = new MachineRig()) {
            ServerSide server = new ServerSide(rig);
            for (String version : OasisCase.VERSIONS) {
                try (ClientSide client = new ClientSide(folder, version)) {
                    for (OasisCase each : OasisCase.ofVersion(version).toList()) {
                        if (notApplicable(each).isPresent()) {
                            report.addNotApplicable(each);
                        } else {
                            CaseResult result = server.run(each, before(each, all), settings(each));
                            report.add(
                                    each,
                                    classOf(each),
                                    EncodingSide.run(each),
                                    client.run(each),
                                    result.differences());
                        }
                    }
                }
            }
        }
        return report;
    }

    /** Why a case says nothing of a server; empty if it does. */
    Optional<String> notApplicable(OasisCase each) {
        return Optional.ofNullable(reasons.get(each.toString()));
    }

    /** The files that are named as not applicable. */
    List<String> named() {
        return List.copyOf(reasons.keySet());
    }

    /** How the server is set for a case that is about servers which are set so. */
    Map<String, String> settings(OasisCase each) {
        return settings.getOrDefault(each.toString(), Map.of());
    }

    /** Mandatory, optional or use case. */
    String classOf(OasisCase each) {
        return classes.getOrDefault(each.toString(), "unlisted");
    }

    /** The cases whose objects a case uses; one that is published for another version only, with a value of this one. */
    List<OasisCase> before(OasisCase each, List<OasisCase> all) {
        List<OasisCase> cases = new ArrayList<>();
        for (String row : before.getOrDefault(each.toString(), List.of())) {
            String[] words = row.split(" ", -1);
            OasisCase earlier = all.stream()
                    .filter(other -> other.toString().equals(words[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(words[0] + " is not there"));
            cases.add(words.length == 4 ? earlier.putting(words[1], words[2], words[3]) : earlier);
        }
        return cases;
    }
}
