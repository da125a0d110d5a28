package org.symbolon.kmip.conformance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.TokenException;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.server.MachineRig;

/** What {@code tests/kmip-conformance} runs. */
final class ConformanceProgram {
    private ConformanceProgram() {}

    /** Runs the cases whose names have one of the arguments in them, and shows what is wrong with them. */
    public static void main(String[] arguments) throws TokenException {
        PrintStream out = System.out;
        Suite suite = new Suite();
        List<OasisCase> all = OasisCase.all().toList();
        List<CaseResult> results = new ArrayList<>();
        boolean trace = List.of(arguments).contains("-v");
        MachineRig rig = new MachineRig();
        ServerSide server = new ServerSide(rig);
        for (OasisCase each : all) {
            boolean chosen = arguments.length == (trace ? 1 : 0)
                    || List.of(arguments).stream().anyMatch(each.toString()::contains);
            if (chosen && suite.notApplicable(each).isEmpty()) {
                CaseResult result = server.run(each, suite.before(each, all), suite.settings(each));
                results.add(result);
                if (trace) {
                    out.println(result.trace());
                }
                result.differences().forEach(difference -> out.println(result.file() + " " + difference));
            }
        }
        rig.close();
        for (String version : OasisCase.VERSIONS) {
            List<CaseResult> of = results.stream()
                    .filter(result -> result.file().startsWith(version))
                    .toList();
            out.println(version + ": " + of.stream().filter(CaseResult::passed).count() + " of " + of.size());
        }
    }
}
