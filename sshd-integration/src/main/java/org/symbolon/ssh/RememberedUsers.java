package org.symbolon.ssh;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.symbolon.ObjectId;

/**
 * What was read of users, the least recently used of it forgotten first. Users without keys have a small place of their own, so
 * that whoever tries many names does not push out those who have some. Thread-safe.
 */
final class RememberedUsers {
    private static final int MAX_WITHOUT_KEYS = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, UserRead> withKeys = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, UserRead> withoutKeys = new LinkedHashMap<>(16, 0.75f, true);
    private final int maxKeys;
    private int keys;

    RememberedUsers(int maxKeys) {
        this.maxKeys = maxKeys;
    }

    Optional<UserRead> get(String user) {
        lock.lock();
        try {
            UserRead known = withKeys.get(user);
            return Optional.ofNullable(known == null ? withoutKeys.get(user) : known);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Remembers what was read, unless there was a change meanwhile: what a change removes must not come back.
     *
     * @param stillTrue asked where no removal can come between
     */
    void put(String user, UserRead read, BooleanSupplier stillTrue) {
        lock.lock();
        try {
            drop(user);
            if (!stillTrue.getAsBoolean()) {
                return;
            }
            if (read.size() == 0) {
                withoutKeys.put(user, read);
                dropEldest(withoutKeys, MAX_WITHOUT_KEYS);
            } else if (read.size() <= maxKeys) {
                withKeys.put(user, read);
                keys += read.size();
                while (keys > maxKeys) {
                    dropEldest(withKeys, withKeys.size() - 1);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(String user) {
        lock.lock();
        try {
            drop(user);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets whom an object let in. */
    void removeWith(ObjectId object) {
        lock.lock();
        try {
            for (Iterator<UserRead> each = withKeys.values().iterator(); each.hasNext(); ) {
                UserRead read = each.next();
                if (read.isOf(object)) {
                    each.remove();
                    keys -= read.size();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    int keys() {
        lock.lock();
        try {
            return keys;
        } finally {
            lock.unlock();
        }
    }

    private void drop(String user) {
        withoutKeys.remove(user);
        UserRead before = withKeys.remove(user);
        keys -= before == null ? 0 : before.size();
    }

    private void dropEldest(Map<String, UserRead> users, int left) {
        for (Iterator<UserRead> each = users.values().iterator(); users.size() > left; ) {
            keys -= each.next().size();
            each.remove();
        }
    }
}
