package org.symbolon.remote.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.symbolon.ObjectId;

/** The objects that a new connection did not find either, and that need not be looked for anew for a while. Thread-safe. */
final class Absences {
    private static final int MAX = 1024;

    private final long nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ObjectId, Long> missedAt = new LinkedHashMap<>();

    /**
     * Makes an empty one.
     *
     * @param time for how long it remembers each
     */
    Absences(Duration time) {
        this.nanos = time.toNanos();
    }

    /** Whether all of some objects may well be there. */
    boolean knowsNothingOf(List<ObjectId> objects) {
        long now = System.nanoTime();
        lock.lock();
        try {
            missedAt.values().removeIf(at -> now - at > nanos);
            return objects.stream().noneMatch(missedAt::containsKey);
        } finally {
            lock.unlock();
        }
    }

    void add(List<ObjectId> objects) {
        long now = System.nanoTime();
        lock.lock();
        try {
            if (missedAt.size() + objects.size() > MAX) {
                missedAt.clear();
            }
            objects.forEach(object -> missedAt.put(object, now));
        } finally {
            lock.unlock();
        }
    }

    void forget(ObjectId object) {
        lock.lock();
        try {
            missedAt.remove(object);
        } finally {
            lock.unlock();
        }
    }
}
