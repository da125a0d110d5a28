package org.symbolon.kmip.server;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.ObjectId;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.ManagedObject;

/**
 * What was read of the token's objects, by Unique Identifier, Name and Object Group, kept fresh by the token's change feed: what this
 * process changes is gone from here before the change returns, what others change within the feed's delay. Holds no secret.
 *
 * <p>Thread-safe. A token without a feed has nothing here.
 */
final class ObjectIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectIndex.class);
    private static final int MOST_OBJECTS = 100_000;
    private static final int MOST_CHANGES = 1000;
    private static final int CHANGED_PART = 16;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Object, Set<String>> byValue = new ConcurrentHashMap<>();
    private final Map<String, Long> order = new ConcurrentHashMap<>();
    private final Map<String, Long> changed = new ConcurrentHashMap<>();
    private final AtomicLong places = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final @Nullable ChangeSubscription feed;
    private volatile boolean complete;
    private volatile boolean following;

    /** An object, and how it is given out if that was asked for and is public. */
    private static final class Entry {
        private final Managed object;
        private volatile @Nullable ManagedObject shown;
        private volatile boolean stale;

        Entry(Managed object) {
            this.object = object;
        }
    }

    private ObjectIndex(@Nullable ChangeSubscription feed) {
        this.feed = feed;
    }

    private ObjectIndex(Session session) throws TokenException {
        this.feed = session.token().changes(this::changed);
    }

    /** Returns an empty index of what a session sees. */
    static ObjectIndex of(Session session) {
        try {
            return new ObjectIndex(session);
        } catch (TokenException e) {
            LOG.debug("the token tells of no changes, so that each request reads it: {}", e.getMessage());
            return new ObjectIndex((ChangeSubscription) null);
        }
    }

    private synchronized void changed(Change change) {
        long stamp = changes.incrementAndGet();
        if (change.object().orElse(null) instanceof ObjectId.Unique object) {
            if (following) {
                changed.put(object.uniqueId(), stamp);
                makeStale(object.uniqueId());
            } else {
                remove(object.uniqueId());
            }
            if (changed.size() >= MOST_OBJECTS) {
                forgetAll();
            }
            if (change.kind() == Change.Kind.DESTROYED) {
                order.remove(object.uniqueId());
            }
        } else {
            forgetAll();
        }
    }

    /** Forgets everything. */
    synchronized void forgetAll() {
        complete = false;
        following = false;
        entries.clear();
        byValue.clear();
        changed.clear();
        order.clear();
    }

    /** Returns an object that was read. */
    Optional<Managed> find(String id) {
        return Optional.ofNullable(entries.get(id))
                .filter(entry -> !entry.stale)
                .map(entry -> entry.object);
    }

    /** Returns what {@link #put} takes: how many changes there were before an object was read. */
    long mark() {
        return changes.get();
    }

    /** Remembers an object, unless something changed since a mark. */
    synchronized void put(Managed object, long mark) {
        if (feed == null || entries.size() >= MOST_OBJECTS || changes.get() != mark) {
            return;
        }
        add(object);
    }

    private void add(Managed object) {
        order.computeIfAbsent(object.id(), id -> places.incrementAndGet());
        Entry before = entries.put(object.id(), new Entry(object));
        Set<Object> now = values(object);
        for (Object value : now) {
            byValue.computeIfAbsent(value, each -> ConcurrentHashMap.newKeySet())
                    .add(object.id());
        }
        if (before != null) { // after the new ones: what stays is there all the time
            forget(before.object, now);
        }
    }

    /** Lets an object be read again by who asks for it, and still be found by those who look for many meanwhile. */
    private void makeStale(String id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.stale = true;
        }
    }

    private void remove(String id) {
        Entry before = entries.remove(id);
        if (before != null) {
            forget(before.object, Set.of());
        }
    }

    private void forget(Managed object, Set<Object> kept) {
        for (Object value : values(object)) {
            if (!kept.contains(value)) {
                byValue.computeIfPresent(value, (each, ids) -> {
                    ids.remove(object.id());
                    return ids.isEmpty() ? null : ids;
                });
            }
        }
    }

    private static Set<Object> values(Managed object) {
        Set<Object> values = new HashSet<>(object.attributes().all(AttributeType.NAME));
        values.addAll(object.attributes().all(AttributeType.OBJECT_GROUP));
        return values;
    }

    /** Returns how an object is given out, if that was asked for before. */
    Optional<ManagedObject> shown(Managed object) {
        return entryOf(object).map(entry -> entry.shown);
    }

    /** Remembers how an object is given out. It holds no secret. */
    void show(Managed object, ManagedObject shown) {
        entryOf(object).ifPresent(entry -> entry.shown = shown);
    }

    @SuppressWarnings(
            "ReferenceEquality") // an equal object may have been read before a change that was undone, or of its
    // material
    private Optional<Entry> entryOf(Managed object) {
        Entry entry = entries.get(object.id());
        return entry == null || entry.stale || entry.object != object ? Optional.empty() : Optional.of(entry);
    }

    /** Begins to follow changes, before all objects are read; returns false if another thread has begun. */
    synchronized boolean follow() {
        if (feed == null || following) {
            return false;
        }
        changed.clear();
        following = true;
        return true;
    }

    /** Takes all objects that were read since {@link #follow}, in their order. */
    synchronized void complete(List<Managed> all) {
        if (!following || all.size() >= MOST_OBJECTS) {
            forgetAll();
            return;
        }
        order.clear();
        all.forEach(this::add);
        // What changed during the reading is to be read again, and was perhaps put here after its change was told.
        changed.keySet().forEach(this::makeStale);
        complete = true;
    }

    /** Returns whether anything is remembered here. */
    boolean isKept() {
        return feed != null;
    }

    /** Returns whether so much has changed that to read everything in pages is quicker than that one by one. */
    boolean isBehind() {
        return changed.size() > Math.max(MOST_CHANGES, entries.size() / CHANGED_PART);
    }

    /** Returns how many objects were made, changed or destroyed and not read since. */
    int changes() {
        return changed.size();
    }

    /** Returns whether all objects of the token are here, but for those that {@link #changed} names. */
    boolean isComplete() {
        return complete;
    }

    /** Returns what was made, changed or destroyed meanwhile, in this order: identifiers to be read, and what {@link #put} takes. */
    List<Map.Entry<String, Long>> changed() {
        return changed.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .sorted(Map.Entry.comparingByValue())
                .toList();
    }

    /** Takes a changed object that was read; empty if it is there no more. */
    synchronized void put(Map.Entry<String, Long> change, Optional<Managed> read) {
        if (!change.getValue().equals(changed.get(change.getKey()))) {
            return; // another thread has put it, or it changed again
        }
        if (read.isPresent() && entries.size() >= MOST_OBJECTS) {
            forgetAll();
            return;
        }
        read.ifPresentOrElse(this::add, () -> remove(change.getKey()));
        changed.remove(change.getKey());
    }

    /** Returns the objects that have a Name or an Object Group, all objects if neither is given, in the order in which they were made. */
    List<Managed> candidates(@Nullable Object value) {
        Collection<String> ids = value == null ? entries.keySet() : byValue.getOrDefault(value, Set.of());
        return ids.stream()
                .map(entries::get)
                .filter(Objects::nonNull)
                .map(entry -> Map.entry(order.getOrDefault(entry.object.id(), Long.MAX_VALUE), entry.object))
                .sorted(Map.Entry.comparingByKey()) // of what was read once: the places change meanwhile
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
    }
}
