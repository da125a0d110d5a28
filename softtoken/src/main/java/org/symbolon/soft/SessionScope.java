package org.symbolon.soft;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.symbolon.ObjectQuery;
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

    /** Keeps a new object, and wipes it in the end. */
    synchronized void put(StoredObject object) {
        objects.put(object.uid(), object);
    }

    /** Keeps an object in the place of its version before, which is wiped; returns whether there still was one. */
    synchronized boolean replace(StoredObject object) {
        StoredObject before = objects.replace(object.uid(), object);
        if (before == null) {
            return false;
        }
        before.wipe();
        closeKey(object.uid());
        return true;
    }

    /** Returns the key of an object, entered, or empty if there is none that may be seen. */
    synchronized Optional<LoadedKey> enter(UUID uid, boolean withPrivate, EngineChoice engine) {
        StoredObject object = objects.get(uid);
        if (object == null || isHidden(object, withPrivate)) {
            return Optional.empty();
        }
        LoadedKey key = keys.computeIfAbsent(uid, id -> new LoadedKey(object.copyOfAttributes(), true, engine));
        return Optional.of(key).filter(LoadedKey::enter);
    }

    /** Returns whether an object is one of the session's, be it hidden. */
    synchronized boolean has(UUID uid) {
        return objects.containsKey(uid);
    }

    synchronized void remove(UUID uid) {
        StoredObject removed = objects.remove(uid);
        if (removed != null) {
            removed.wipe();
        }
        closeKey(uid);
    }

    private void closeKey(UUID uid) {
        LoadedKey key = keys.remove(uid);
        if (key != null) {
            key.close();
        }
    }

    private static boolean isHidden(StoredObject object, boolean withPrivate) {
        return object.isPrivate() && !withPrivate;
    }

    /** Returns a copy of an object, which the caller wipes: the object itself may be destroyed at any time. */
    synchronized Optional<StoredObject> find(UUID uid, boolean withPrivate) {
        return Optional.ofNullable(objects.get(uid))
                .filter(object -> !isHidden(object, withPrivate))
                .map(StoredObject::copy);
    }

    /** Returns copies of the objects that match, which the caller wipes. */
    synchronized List<StoredObject> findAll(ObjectQuery query, boolean withPrivate) {
        return objects.values().stream()
                .filter(object -> !isHidden(object, withPrivate) && object.matches(query))
                .map(StoredObject::copy)
                .toList();
    }
}
