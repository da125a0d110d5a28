package org.symbolon.remote.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.ObjectId;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/**
 * The objects of a token that a client has a handle of. A handle is below 2^32, names one object for good and is not used
 * again.
 */
final class HandleTable {
    /** What is kept of an object: what its requests and PKCS #11's rules need. */
    static final Set<Attribute<?>> KEPT = Set.of(
            Attribute.CLASS,
            Attribute.UNIQUE_ID,
            Attribute.LABEL,
            Attribute.ID,
            Attribute.KEY_TYPE,
            Attribute.TOKEN,
            Attribute.PRIVATE,
            Attribute.ALWAYS_AUTHENTICATE);

    private static final long MAX_HANDLE = 0xffff_fffeL;

    private final AtomicLong lastHandle;
    private final int maxObjects;
    private final Map<Long, Entry> entries = new TreeMap<>();
    private final Map<ObjectId, Long> handles = new HashMap<>();
    private final Set<ObjectId> dead = new HashSet<>();

    /** An object and the session that made it, 0 for none. */
    private record Entry(TokenObject object, long maker) {}

    HandleTable(AtomicLong lastHandle, int maxObjects) {
        this.lastHandle = lastHandle;
        this.maxObjects = maxObjects;
    }

    /** Returns the handle of an object that was found. */
    long found(TokenObject object) throws TokenException {
        return put(object, 0);
    }

    /** Returns the handle of an object that a session made: the object dies with it unless it is on the token. */
    long made(TokenObject object, long session) throws TokenException {
        return put(object, object.attributes().isTrue(Attribute.TOKEN) ? 0 : session);
    }

    private long put(TokenObject object, long maker) throws TokenException {
        Long known = handles.get(object.id());
        if (known != null) {
            return known;
        }
        requireRoom();
        long handle = lastHandle.incrementAndGet();
        entries.put(handle, new Entry(kept(object), maker));
        handles.put(object.id(), handle);
        return handle;
    }

    /** Refuses a further handle if the client has as many as it may. */
    void requireRoom() throws TokenException {
        if (entries.size() >= maxObjects || lastHandle.get() >= MAX_HANDLE) {
            throw Refusal.of("CKR_HOST_MEMORY", "the client has handles of " + entries.size() + " objects");
        }
    }

    /** Replaces what is kept of an object that was changed. */
    void changed(long handle, TokenObject object) {
        entries.computeIfPresent(handle, (same, entry) -> new Entry(kept(object), entry.maker));
    }

    private static TokenObject kept(TokenObject object) {
        Attributes.Builder kept = Attributes.builder();
        for (Attribute<?> attribute : KEPT) {
            copy(object.attributes(), attribute, kept);
        }
        return TokenObject.of(object.id(), kept.build(), object.verified());
    }

    private static <T> void copy(Attributes from, Attribute<T> attribute, Attributes.Builder to) {
        from.find(attribute).ifPresent(value -> to.set(attribute, value));
    }

    /** Returns the object of a handle; {@code missing} is the return value if there is none. */
    TokenObject require(long handle, String missing) throws TokenException {
        Entry entry = entries.get(handle);
        if (entry == null) {
            throw Refusal.of(missing, "there is no object " + handle);
        }
        return entry.object;
    }

    /** Returns whether an object died with its session, though its token kept it. */
    boolean isDead(TokenObject object) {
        return dead.contains(object.id());
    }

    /** Takes the handle of an object away that is gone. */
    void forget(long handle) {
        Entry entry = entries.remove(handle);
        if (entry != null) {
            handles.remove(entry.object.id());
        }
    }

    /** Takes the handles of all private objects away: they do not outlive the login. */
    void forgetPrivate() {
        List.copyOf(entries.entrySet()).stream()
                .filter(entry -> entry.getValue().object.attributes().isTrue(Attribute.PRIVATE))
                .forEach(entry -> forget(entry.getKey()));
    }

    /** Takes the objects out that a session made, to be destroyed with it, and lets them be found no more. */
    List<TokenObject> takeMadeBy(long session) {
        List<TokenObject> made = entries.values().stream()
                .filter(entry -> entry.maker == session)
                .map(Entry::object)
                .toList();
        for (TokenObject object : made) {
            forget(handles.getOrDefault(object.id(), 0L));
            dead.add(object.id());
        }
        return made;
    }

    /** Notes that an object which died with its session is gone from its token too. */
    void buried(TokenObject object) {
        dead.remove(object.id());
    }
}
