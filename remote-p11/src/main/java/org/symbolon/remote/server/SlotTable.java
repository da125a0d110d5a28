package org.symbolon.remote.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Slot;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.serve.PrometheusText;

/** The slots that a server shows, by numbers that stay the same as long as it runs, for all clients. Thread-safe. */
final class SlotTable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotTable.class);
    private static final long FIRST_ID = 1;

    private final List<SlotSource> sources;
    private final Map<Place, Long> ids = new HashMap<>();
    private final SortedMap<Long, Slot> slots = new TreeMap<>();

    /** A slot of a source. */
    private record Place(int source, long slotId) {}

    SlotTable(List<SlotSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Returns the slots as they are now. A source that does not answer shows the slots that it had. */
    SortedMap<Long, Slot> slots() {
        for (int i = 0; i < sources.size(); i++) {
            try {
                keep(i, sources.get(i).slots());
            } catch (TokenException e) {
                LOG.warn("the slots of a module cannot be listed: {}", e.getMessage());
            }
        }
        return known();
    }

    /** Returns how many modules the slots come from. */
    int sources() {
        return sources.size();
    }

    /** Appends what the modules count of themselves. */
    void writeTo(PrometheusText text) {
        for (int i = 0; i < sources.size(); i++) {
            String number = Integer.toString(i + 1);
            new TreeMap<>(sources.get(i).module().measurements()).forEach((name, value) -> {
                String metric = "symbolon_module_" + name;
                text.family(metric, "gauge", "Of the modules behind the server, by their number.");
                text.sample(metric, value, "module", number);
            });
        }
    }

    /** Asks a module for its slots, to see whether it answers; empty if it does, else what it failed with. */
    Optional<Status> failure(int source) {
        try {
            sources.get(source).slots();
            return Optional.empty();
        } catch (TokenException e) {
            LOG.debug("module {} does not answer: {}", source + 1, e.getMessage());
            return Optional.of(e.status());
        }
    }

    /** Returns the slot of a number. */
    Slot require(long id) throws TokenException {
        Slot known = known().get(id);
        Slot slot = known != null ? known : slots().get(id);
        if (slot == null) {
            throw Refusal.of("CKR_SLOT_ID_INVALID", "there is no slot " + id);
        }
        return slot;
    }

    private synchronized void keep(int source, List<Slot> found) {
        for (Slot slot : found) {
            long id = ids.computeIfAbsent(new Place(source, slot.info().slotId()), place -> FIRST_ID + ids.size());
            slots.putIfAbsent(id, slot);
        }
    }

    private synchronized SortedMap<Long, Slot> known() {
        return new TreeMap<>(slots);
    }
}
