package org.symbolon.soft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.ObjectId;
import org.symbolon.soft.engine.LoadedKey;

/** The keys that were used last, ready for their next use: bounded, and dropped by the change feed. Thread-safe. */
final class KeyCache implements AutoCloseable {
    private static final int MAX_KEYS = 512;

    private final OpenToken token;
    private final Map<UUID, LoadedKey> keys = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable ChangeSubscription feed;
    private long generation;
    private boolean closed;

    KeyCache(OpenToken token) {
        this.token = token;
    }

    /** Returns a key, entered, or empty if it is not here. */
    synchronized Optional<LoadedKey> enter(UUID uid) {
        return Optional.ofNullable(keys.get(uid)).filter(LoadedKey::enter);
    }

    /** Returns a number that is another after each change: read it before the database. */
    synchronized long generation() {
        if (feed == null && !closed) {
            feed = token.subscribe(this::forget);
        }
        return generation;
    }

    /** Keeps a key that was read when the generation was this; closes it after its use if something changed since. */
    synchronized void keep(UUID uid, LoadedKey key, long readAt) {
        if (closed || readAt != generation) {
            key.close();
            return;
        }
        LoadedKey other = keys.put(uid, key);
        if (other != null) {
            other.close();
        }
        if (keys.size() > MAX_KEYS) {
            UUID eldest = keys.keySet().iterator().next();
            Optional.ofNullable(keys.remove(eldest)).ifPresent(LoadedKey::close);
        }
    }

    private synchronized void forget(Change change) {
        generation++;
        if (change.object().isPresent() && change.object().get() instanceof ObjectId.Unique unique) {
            Optional<LoadedKey> key = StoredObject.parseUid(unique.uniqueId()).map(keys::remove);
            key.ifPresent(LoadedKey::close);
        } else {
            clear();
        }
    }

    private void clear() {
        List<LoadedKey> all = new ArrayList<>(keys.values());
        keys.clear();
        all.forEach(LoadedKey::close);
    }

    /** Forgets and wipes all keys. Idempotent. */
    @Override
    public void close() {
        ChangeSubscription subscription;
        synchronized (this) {
            closed = true;
            clear();
            subscription = feed;
            feed = null;
        }
        if (subscription != null) {
            subscription.close();
        }
    }
}
