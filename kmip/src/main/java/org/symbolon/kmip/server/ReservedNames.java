package org.symbolon.kmip.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.kmip.object.Name;

/**
 * The Names that operations which run are about to give: between the look whether one is free and the object that has it, no other
 * operation of this server gets it. Thread-safe; what is reserved is its thread's.
 */
final class ReservedNames {
    private final Map<Name, Thread> reserved = new ConcurrentHashMap<>();

    /** Reserves a Name for this thread's operation; returns false if another's has it. */
    boolean reserve(Name name) {
        Thread thread = Thread.currentThread();
        Thread owner = reserved.putIfAbsent(name, thread);
        return owner == null || owner.equals(thread);
    }

    /** Ends what this thread's operation reserved. */
    void release() {
        if (!reserved.isEmpty()) {
            reserved.values().removeIf(Thread.currentThread()::equals);
        }
    }
}
