package org.symbolon.soft;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.ObjectId;
import org.symbolon.soft.engine.LoadedKey;

/**
 * The keys that were used last, ready for their next use: bounded, and dropped by the change feed. Thread-safe; a key that
 * is here is found without a lock.
 */
final class KeyCache implements AutoCloseable {
    private static final int MAX_KEYS = 512;
    private static final int DROPPED_AT_ONCE = 64;

    private final OpenToken token;
    /** By CKA_UNIQUE_ID. Entries come and go under this cache's lock. */
    private final Map<String, Entry> keys = new ConcurrentHashMap<>();

    private @Nullable ChangeSubscription feed;
    private long generation;
    private boolean closed;

    /** A key, and when it was used last: rough, since threads do not wait for each other to note it. */
    private static final class Entry {
        private final LoadedKey key;
        private volatile long usedNanos = System.nanoTime();

        Entry(LoadedKey key) {
            this.key = key;
        }
    }

    KeyCache(OpenToken token) {
        this.token = token;
    }

    /** Returns a key, entered, or null if it is not here. */
    @Nullable LoadedKey enter(String uniqueId) {
        Entry entry = keys.get(uniqueId);
        if (entry == null || !entry.key.enter()) {
            return null;
        }
        entry.usedNanos = System.nanoTime();
        return entry.key;
    }

    /** Returns a number that is another after each change: read it before the database. */
    synchronized long generation() {
        if (feed == null && !closed) {
            feed = token.subscribe(this::forget);
        }
        return generation;
    }

    /** Keeps a key that was read when the generation was this; closes it after its use if something changed since. */
    synchronized void keep(String uniqueId, LoadedKey key, long readAt) {
        if (closed || readAt != generation) {
            key.close();
            return;
        }
        Entry other = keys.put(uniqueId, new Entry(key));
        if (other != null) {
            other.key.close();
        }
        if (keys.size() > MAX_KEYS) {
            dropEldest();
        }
    }

    /** Makes room for a while: looking for the eldest each time would cost more than what it is dropped for. */
    private void dropEldest() {
        long now = System.nanoTime();
        Map<String, Long> idle = new HashMap<>();
        keys.forEach((uniqueId, entry) -> idle.put(uniqueId, now - entry.usedNanos));
        idle.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(DROPPED_AT_ONCE)
                .forEach(entry -> drop(entry.getKey()));
    }

    private void drop(String uniqueId) {
        Entry entry = keys.remove(uniqueId);
        if (entry != null) {
            entry.key.close();
        }
    }

    private synchronized void forget(Change change) {
        generation++;
        if (change.object().isPresent() && change.object().get() instanceof ObjectId.Unique unique) {
            drop(unique.uniqueId());
        } else {
            keys.keySet().forEach(this::drop);
        }
    }

    /** Forgets and wipes all keys. Idempotent. */
    @Override
    public void close() {
        ChangeSubscription subscription;
        synchronized (this) {
            closed = true;
            keys.keySet().forEach(this::drop);
            subscription = feed;
            feed = null;
        }
        if (subscription != null) {
            subscription.close();
        }
    }
}
