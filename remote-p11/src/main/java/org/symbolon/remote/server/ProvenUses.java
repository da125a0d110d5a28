package org.symbolon.remote.server;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.ObjectId;

/**
 * The last uses of keys that a client began and its token took: kind, mechanism with parameters, and key. One that is begun
 * again is not tried out first, which at many tokens costs as much as the use itself; what has changed meanwhile shows when it
 * is done.
 */
final class ProvenUses {
    private static final int MAX = 64;

    private final Set<Use> uses = Collections.newSetFromMap(new LinkedHashMap<>(MAX, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Use, Boolean> eldest) {
            return size() > MAX;
        }
    });

    private record Use(OperationKind kind, Mechanism mechanism, ObjectId key) {}

    boolean contains(OperationKind kind, Mechanism mechanism, @Nullable KeyObject key) {
        return key != null && uses.contains(new Use(kind, mechanism, key.id()));
    }

    void add(OperationKind kind, Mechanism mechanism, @Nullable KeyObject key) {
        if (key != null) {
            uses.add(new Use(kind, mechanism, key.id()));
        }
    }

    /** Forgets all: the login or an object has changed. */
    void clear() {
        uses.clear();
    }
}
