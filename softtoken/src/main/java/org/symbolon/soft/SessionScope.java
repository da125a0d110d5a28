package org.symbolon.soft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.symbolon.Role;
import org.symbolon.soft.engine.EngineChoice;
import org.symbolon.soft.engine.LoadedKey;

/**
 * The session objects of the sessions that derive from one {@code open}: they die with the last of those, private ones
 * with the last that is logged in. Thread-safe.
 */
final class SessionScope {
    private final Map<UUID, StoredObject> objects = new LinkedHashMap<>();
    private final Map<UUID, LoadedKey> keys = new HashMap<>();
    private int sessions;
    private int users;

    synchronized void enter(Role role) {
        sessions++;
        if (role == Role.USER) {
            users++;
        }
    }

    synchronized void leave(Role role) {
        sessions--;
        if (role == Role.USER) {
            users--;
        }
        if (users == 0 || sessions == 0) {
            for (StoredObject object : List.copyOf(objects.values())) {
                if (sessions == 0 || object.isPrivate()) {
                    remove(object.uid());
                }
            }
        }
    }

    /** Keeps an object, in the place of its version before. */
    synchronized void put(StoredObject object) {
        objects.put(object.uid(), object);
        LoadedKey key = keys.remove(object.uid());
        if (key != null) {
            key.close();
        }
    }

    /** Returns the key of an object, entered, or empty if there is no such object any more. */
    synchronized Optional<LoadedKey> enter(UUID uid, EngineChoice engine) {
        StoredObject object = objects.get(uid);
        if (object == null) {
            return Optional.empty();
        }
        LoadedKey key = keys.computeIfAbsent(uid, id -> new LoadedKey(object.copyOfAttributes(), true, engine));
        return Optional.of(key).filter(LoadedKey::enter);
    }

    synchronized void remove(UUID uid) {
        StoredObject removed = objects.remove(uid);
        if (removed != null) {
            removed.wipe();
        }
        LoadedKey key = keys.remove(uid);
        if (key != null) {
            key.close();
        }
    }

    synchronized Optional<StoredObject> find(UUID uid) {
        return Optional.ofNullable(objects.get(uid));
    }

    synchronized List<StoredObject> all() {
        return new ArrayList<>(objects.values());
    }
}
