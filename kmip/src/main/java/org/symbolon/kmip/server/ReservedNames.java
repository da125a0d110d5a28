package org.symbolon.kmip.server;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Name;

/**
 * The Names that operations which run are about to give: between the look whether one is free and the object that has it, no other
 * operation of this server gets it. Thread-safe; what is reserved is its thread's.
 */
final class ReservedNames {
    private final Set<Name> reserved = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<@Nullable Set<Name>> own = new ThreadLocal<>();

    /** Reserves a Name for this thread's operation; returns false if another's has it. */
    boolean reserve(Name name) {
        Set<Name> mine = own.get();
        if (mine == null) {
            mine = new HashSet<>();
            own.set(mine);
        }
        return mine.contains(name) || (reserved.add(name) && mine.add(name));
    }

    /** Ends what this thread's operation reserved. */
    void release() {
        Set<Name> mine = own.get();
        if (mine != null) {
            own.remove();
            reserved.removeAll(mine);
        }
    }
}
