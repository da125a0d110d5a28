package org.symbolon.soft.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The engines of one key and purpose that nobody uses: a few places, where each thread looks first at one of its own, so
 * that threads hardly ever meet. Thread-safe, without locks.
 */
final class IdleEngines {
    private static final int PLACES =
            Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1);

    private final AtomicReferenceArray<@Nullable ReadyEngine> places = new AtomicReferenceArray<>(PLACES);

    /** Takes an engine out, or returns null if none waits. */
    @Nullable ReadyEngine take() {
        int first = first();
        for (int i = 0; i < PLACES; i++) {
            int place = (first + i) % PLACES;
            ReadyEngine engine = places.get(place);
            if (engine != null && places.compareAndSet(place, engine, null)) {
                return engine;
            }
        }
        return null;
    }

    /** Keeps an engine, unless enough wait. */
    void give(ReadyEngine engine) {
        int first = first();
        for (int i = 0; i < PLACES; i++) {
            if (places.compareAndSet((first + i) % PLACES, null, engine)) {
                return;
            }
        }
    }

    private static int first() {
        return (int) (Thread.currentThread().getId() % PLACES);
    }
}
