package org.symbolon.kmip.server;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.symbolon.TokenException;

/** Lets requests change an object one after the other. A lock is shared by many objects. Thread-safe. */
final class ObjectLocks {
    private static final int LOCKS = 64;

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    /**
     * What is done to objects.
     *
     * @param <R> what comes of it
     */
    @FunctionalInterface
    interface Work<R> {
        /** Does it. */
        R run() throws KmipFailure, TokenException;
    }

    /** Does something to objects that nobody else changes meanwhile. */
    <R> R holding(Collection<String> ids, Work<R> work) throws KmipFailure, TokenException {
        Deque<ReentrantLock> held = new ArrayDeque<>();
        try {
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
            return work.run();
        } finally {
            held.forEach(ReentrantLock::unlock);
        }
    }
}
