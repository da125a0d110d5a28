package org.symbolon.kmip.server;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Lets requests change an object one after the other. A lock is shared by many objects. Thread-safe. */
final class ObjectLocks {
    private static final int LOCKS = 64;

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    /** Locks that a thread has, to be released by it. */
    record Held(Deque<ReentrantLock> locks) {
        void release() {
            locks.forEach(ReentrantLock::unlock);
        }
    }

    /** Waits until nobody else changes some objects. */
    Held hold(Collection<String> ids) {
        Deque<ReentrantLock> held = new ArrayDeque<>();
        // In one order everywhere, so that two that need several do not wait for each other.
        ids.stream()
                .map(id -> Math.floorMod(id.hashCode(), LOCKS))
                .distinct()
                .sorted()
                .map(locks::get)
                .forEach(lock -> {
                    lock.lock();
                    held.push(lock);
                });
        return new Held(held);
    }
}
