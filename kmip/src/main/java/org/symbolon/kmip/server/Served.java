package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;

/**
 * Which objects were given out since they were made (Fresh, KMIP 2.1 section 4.21). That is kept before an answer leaves, so that
 * no object is Fresh again after a crash, and for all objects at once that requests have given out meanwhile: they share a commit.
 *
 * <p>Thread-safe; one for all parties of a token.
 */
final class Served {
    private final ReentrantLock writing = new ReentrantLock();
    private final Map<String, Integer> given = new ConcurrentHashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Keeper keeper;

    /** Keeps that objects are no longer Fresh. */
    @FunctionalInterface
    interface Keeper {
        /** Keeps it; returns what failed, by object. */
        Map<String, KmipFailure> keep(Set<String> ids);
    }

    /** What a request has given out, and what came of keeping that. */
    private static final class Waiting {
        private final Set<String> ids;
        private Map<String, KmipFailure> failed = Map.of();
        private boolean done;

        Waiting(Collection<String> ids) {
            this.ids = Set.copyOf(ids);
        }
    }

    Served(Keeper keeper) {
        this.keeper = keeper;
    }

    /** Returns whether an object was not given out yet. */
    boolean isFresh(Managed object) {
        return object.get(AttributeType.FRESH).orElse(true) && !given.containsKey(object.id());
    }

    /** Returns an object's last attributes, with what is not kept yet. */
    Attributes noted(Managed object, Attributes last) {
        return isFresh(object)
                ? last
                : Managed.without(last, AttributeType.FRESH).with(AttributeType.FRESH, false);
    }

    /** Takes an object for given out from now on; {@link #settle} is to follow. */
    void give(String id) {
        given.merge(id, 1, Integer::sum);
    }

    /** Keeps what a request gave out; its answer leaves afterwards, and not if this fails. */
    void settle(Collection<String> ids) throws KmipFailure {
        if (ids.isEmpty()) {
            return;
        }
        Waiting own = new Waiting(ids);
        synchronized (waiting) {
            waiting.add(own);
        }
        writing.lock();
        try {
            // Whoever wrote before may have taken this request's objects along.
            if (!own.done) {
                write();
            }
        } finally {
            writing.unlock();
            ids.forEach(id -> given.computeIfPresent(id, (each, count) -> count == 1 ? null : count - 1));
        }
        for (KmipFailure failure : own.failed.values()) {
            throw failure;
        }
    }

    private void write() {
        List<Waiting> group;
        synchronized (waiting) {
            group = List.copyOf(waiting);
            waiting.clear();
        }
        Set<String> all = new LinkedHashSet<>();
        group.forEach(each -> all.addAll(each.ids));
        Map<String, KmipFailure> failed = keeper.keep(all);
        for (Waiting each : group) {
            each.failed = failed.entrySet().stream()
                    .filter(failure -> each.ids.contains(failure.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            each.done = true;
        }
    }
}
