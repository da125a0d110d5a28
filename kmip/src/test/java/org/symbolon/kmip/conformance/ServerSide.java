package org.symbolon.kmip.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.reference.OasisMessage;
import org.symbolon.kmip.server.MachineRig;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvXml;

/** Sends the requests of cases to a server, and compares its responses with those of the cases. */
final class ServerSide {
    private static final Tag ITEM = Tag.named("BatchItem");
    private static final int MOST_REPETITIONS = 1_000;

    private final MachineRig rig;
    private boolean repeating;
    private @Nullable Ttlv latest;
    private CaseClock clock = new CaseClock(MachineRig.NOW);

    ServerSide(MachineRig rig) {
        this.rig = rig;
    }

    /** Runs a case on an empty token, after those that it builds on. */
    CaseResult run(OasisCase each, List<OasisCase> before, Map<String, String> settings) throws TokenException {
        clock = new CaseClock(MachineRig.NOW);
        rig.reset(clock, settings);
        if (each.toString().contains("Certify")) {
            rig.certify(clock);
        }
        Variation variation = new Variation();
        for (OasisCase earlier : before) {
            run(earlier, new Bindings(MachineRig.NOW), variation);
        }
        return run(each, new Bindings(MachineRig.NOW), variation);
    }

    /** What was sent and came; a request that is repeated until something changes may stand in its file twice, before and after. */
    private record Sent(
            int step, OasisMessage message, Ttlv.Structure request, Ttlv.Structure response, boolean repeated) {}

    private CaseResult run(OasisCase each, Bindings bindings, Variation variation) {
        List<String> differences = new ArrayList<>();
        StringBuilder trace = new StringBuilder();
        Deque<Sent> open = new ArrayDeque<>();
        int step = 0;
        for (OasisMessage message : each.messages()) {
            try {
                if (message.isRequest()) {
                    open.add(send(step++, message, bindings));
                } else {
                    Sent sent = open.remove();
                    differences.addAll(check(sent, message, bindings, variation, trace));
                }
            } catch (MalformedTtlvException | IllegalStateException e) {
                differences.add("step " + step + ": " + e);
                break;
            }
        }
        return new CaseResult(each.toString(), differences, trace.toString());
    }

    private Sent send(int step, OasisMessage message, Bindings bindings) throws MalformedTtlvException {
        Ttlv.Structure request = message.decoded(bindings);
        Ttlv.Structure response = rig.send(request);
        clock.tick();
        bindings.received(response);
        repeating = message.notes().contains("[REPEAT]") || (repeating && request.equals(latest));
        latest = request;
        return new Sent(step, message, request, response, repeating);
    }

    private List<String> check(
            Sent first, OasisMessage expected, Bindings bindings, Variation variation, StringBuilder trace)
            throws MalformedTtlvException {
        Sent sent = first;
        Bindings tried = bindings.copy();
        List<String> found = compare(sent, expected, tried, variation);
        boolean repeated = first.repeated();
        for (int i = 0; repeated && i < MOST_REPETITIONS && !found.isEmpty(); i++) {
            sent = send(first.step(), first.message(), bindings);
            tried = bindings.copy();
            found = compare(sent, expected, tried, variation);
        }
        bindings.take(tried);
        trace.append("== step ")
                .append(sent.step())
                .append('\n')
                .append(xml(sent.request()))
                .append(xml(sent.response()));
        if (!found.isEmpty()) {
            trace.append("-- expected\n")
                    .append(xml(Expected.of(expected, bindings).item()));
            found.forEach(each -> trace.append("** ").append(each).append('\n'));
        }
        String operations = String.join(",", operations(sent.request()));
        return found.stream()
                .map(each -> "step " + first.step() + " " + operations + ": " + each)
                .toList();
    }

    private static String xml(Ttlv item) {
        return new String(TtlvXml.encode(item), StandardCharsets.UTF_8) + "\n";
    }

    private static List<String> operations(Ttlv.Structure request) {
        return request.fields(ITEM).stream().map(ServerSide::operation).toList();
    }

    private static List<String> compare(Sent sent, OasisMessage message, Bindings bindings, Variation variation) {
        Expected expected = Expected.of(message, bindings);
        ResponseComparison comparison = new ResponseComparison(bindings);
        comparison.compare(
                expected.all("ResponseHeader").get(0), sent.response().fields().get(0), Variation.Item.NONE);
        List<Ttlv> requests = sent.request().fields(ITEM);
        List<Ttlv> responses = sent.response().fields(ITEM);
        List<Expected> items = expected.all("BatchItem");
        for (int i = 0; i < Math.min(items.size(), responses.size()); i++) {
            Ttlv request = payload(requests.get(Math.min(i, requests.size() - 1)), "RequestPayload");
            Ttlv response = payload(responses.get(i), "ResponsePayload");
            String operation = operation(responses.get(i));
            variation.note(operation, request, response);
            comparison.compare(items.get(i), responses.get(i), variation.item(operation, request, response));
        }
        if (items.size() != responses.size()) {
            comparison.differences().add(responses.size() + " items came instead of " + items.size());
        }
        return comparison.differences();
    }

    private static Ttlv payload(Ttlv item, String tag) {
        return Optional.of((Ttlv.Structure) item)
                .flatMap(structure -> structure.field(Tag.named(tag)))
                .orElse(Ttlv.Structure.of(Tag.named(tag)));
    }

    private static String operation(Ttlv item) {
        return ((Ttlv.Structure) item)
                .field(Tag.named("Operation"))
                .map(field -> new org.symbolon.kmip.enumeration.Operation(((Ttlv.Enumerated) field).value()).xmlName())
                .orElse("");
    }
}
