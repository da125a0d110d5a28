package org.symbolon.kmip.server;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** A token's objects as KMIP's managed objects. Thread-safe. */
final class ObjectStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);

    /** Orders objects that were made in the same second; objects of several servers by their clocks. */
    private static final AtomicLong ORDER = new AtomicLong(System.currentTimeMillis() << 20);

    private final Session session;
    private final Clock clock;
    private final Semantics semantics;
    private final DestroyedObjects destroyed;
    private final ObjectLocks locks;
    private final Permissions permissions;
    private final ObjectIndex index;
    private final Served served;
    private final TokenReader reader;
    private final ObjectWrites writes;
    private final KnownObjects objects;

    /** Makes the store of what a session sees; a party's is made of it. */
    ObjectStore(Session session, Clock clock, Semantics semantics) {
        this.session = session;
        this.clock = clock;
        this.semantics = semantics;
        this.destroyed = new DestroyedObjects(session);
        this.permissions = Permissions.ALL;
        this.locks = new ObjectLocks();
        this.index = ObjectIndex.of(session);
        this.reader = new TokenReader(session);
        this.writes = new ObjectWrites(session, reader, semantics.uniqueNames());
        this.objects = new KnownObjects(index, reader, semantics.uniqueNames());
        this.served = new Served(new ServedAttribute(session, reader, objects, locks));
    }

    private ObjectStore(ObjectStore whole, Permissions party) {
        this.session = whole.session;
        this.clock = whole.clock;
        this.semantics = whole.semantics;
        this.destroyed = whole.destroyed;
        this.permissions = party;
        this.locks = whole.locks;
        this.index = whole.index;
        this.reader = whole.reader;
        this.writes = whole.writes;
        this.objects = whole.objects;
        this.served = whole.served;
    }

    /** Returns the store as a party sees it; changes of an object wait for each other among all parties. */
    ObjectStore seenBy(Permissions party) {
        return new ObjectStore(this, party);
    }

    /**
     * A change of an object.
     *
     * @param <R> what comes of it
     */
    @FunctionalInterface
    interface Change<R> {
        /** Makes the change. */
        R make(Managed object) throws KmipFailure, TokenException;
    }

    /** Returns which objects were given out. */
    Served served() {
        return served;
    }

    Session session() {
        return session;
    }

    /** Returns the time in whole seconds, as KMIP keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    Semantics semantics() {
        return semantics;
    }

    /** Changes an object, one request at a time, of other servers too: what is read is not old when it is written back. */
    <R> R changing(String id, Change<R> change) throws KmipFailure, TokenException {
        ObjectLocks.Held held = locks.hold(List.of(id));
        try {
            // What the index has may be older than what another process wrote.
            return ObjectWrites.retrying(
                    () -> change.make(required(id, reader.find(id).filter(permissions::sees))));
        } finally {
            held.release();
        }
    }

    /** Returns whether an object has a Unique Identifier. */
    boolean exists(String id) throws KmipFailure, TokenException {
        try {
            require(id);
            return true;
        } catch (KmipFailure e) {
            if (e.is(ResultReason.OBJECT_NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    /** Returns the object of a Unique Identifier. */
    Managed require(String id) throws KmipFailure, TokenException {
        return required(id, present(id));
    }

    private Managed required(String id, Optional<Managed> found) throws KmipFailure, TokenException {
        if (found.isPresent()) {
            return found.get();
        } else if (past(id).isPresent()) {
            throw new KmipFailure(ResultReason.OBJECT_DESTROYED, "the object was destroyed");
        }
        throw permissions.missing();
    }

    /** Returns the object of a Unique Identifier, be it that it is destroyed and only its attributes are left. */
    Managed requireEver(String id) throws KmipFailure, TokenException {
        Optional<Managed> found = present(id);
        if (found.isPresent()) {
            return found.get();
        }
        return past(id).orElseThrow(permissions::missing);
    }

    private Optional<Managed> past(String id) throws KmipFailure, TokenException {
        Optional<TokenObject> record = destroyed.find(id);
        return record.isPresent()
                ? Optional.of(KeptAttributes.read(record.get())).filter(permissions::sees)
                : Optional.empty();
    }

    /** Returns an object; whether it is there at all is not for everybody. */
    private Optional<Managed> present(String id) throws KmipFailure, TokenException {
        Optional<Managed> known = objects.find(id);
        if (semantics.tellsOfOthers() && known.isPresent() && !permissions.sees(known.get())) {
            throw new KmipFailure(ResultReason.PERMISSION_DENIED, "the object is another's");
        }
        return known.filter(permissions::sees);
    }

    /** Returns whether an object of the token, read with {@link KeptAttributes#WANTED}, is there for who asks. */
    boolean sees(TokenObject object) {
        try {
            return permissions.sees(KeptAttributes.read(object));
        } catch (KmipFailure e) {
            LOG.debug("an object is left out: {}", e.getMessage());
            return false;
        }
    }

    /** Returns the objects that match filters, which the predicate knows, in the order in which they were made where it is known. */
    List<Managed> find(Attributes filters, Predicate<Managed> matches) throws KmipFailure, TokenException {
        Optional<Name> name = filters.get(org.symbolon.kmip.object.AttributeType.NAME);
        Optional<String> group = filters.get(org.symbolon.kmip.object.AttributeType.OBJECT_GROUP);
        Predicate<Managed> wanted = matches.and(permissions::sees);
        List<Managed> found = objects.candidates(name.isPresent() ? name.get() : group.orElse(null)).stream()
                .filter(wanted)
                .collect(Collectors.toCollection(ArrayList::new));
        if (found.isEmpty() && name.isPresent()) {
            // Another process may just have made it, and who asks would make it again.
            reader.named(name.get()).stream().filter(wanted).forEach(found::add);
        }
        return found;
    }

    /** Returns all objects that have a Name, as the token has them, whoever sees them. */
    List<Managed> named(Name name) throws KmipFailure, TokenException {
        return reader.named(name);
    }

    /** Returns the destroyed objects that match. */
    List<Managed> findDestroyed(Predicate<Managed> matches) throws KmipFailure, TokenException {
        List<Managed> found = new ArrayList<>();
        for (TokenObject each : destroyed.all()) {
            Managed object = KeptAttributes.read(each);
            if (permissions.sees(object) && matches.test(object)) {
                found.add(object);
            }
        }
        return found;
    }

    /** Returns the template that keeps attributes with a new object, whose owner is who asks, and its label. */
    Template keeping(Attributes attributes) throws KmipFailure, TokenException {
        permissions.requireGroups(Attributes.NONE, attributes);
        Ttlv order = new Ttlv.LongInt(Tag.named("AttributeValue"), ORDER.incrementAndGet());
        return writes.keeping(Managed.without(permissions.owned(attributes), KeptAttributes.SEQUENCE)
                .with(KeptAttributes.SEQUENCE, order));
    }

    /** Creates an object that keeps attributes. */
    Managed create(Template template, Attributes attributes) throws KmipFailure, TokenException {
        Template whole = template.and(keeping(attributes));
        return reread(KeptAttributes.orRefused(() -> session.create(whole)));
    }

    /** Reads an object again that was just made. */
    Managed reread(TokenObject object) throws KmipFailure, TokenException {
        Journal.note(() -> session.destroy(object));
        return reader.again(object);
    }

    /** Changes the attributes of an object. */
    Managed update(Managed object, Attributes attributes) throws KmipFailure, TokenException {
        return update(object, attributes, Template.empty());
    }

    /** Changes the attributes of an object, and some of PKCS #11's. */
    Managed update(Managed object, Attributes attributes, Template more) throws KmipFailure, TokenException {
        permissions.requireChange(object);
        permissions.requireGroups(object.attributes(), attributes);
        Attributes changed = Managed.without(attributes, org.symbolon.kmip.object.AttributeType.LAST_CHANGE_DATE)
                .with(org.symbolon.kmip.object.AttributeType.LAST_CHANGE_DATE, now());
        Managed updated =
                writes.set(object, writes.change(object.attributes(), changed).and(more));
        Journal.note(() -> writes.restore(object));
        return updated;
    }

    /** Claims the Names that an object has taken over from the one that it replaces. */
    void claimNames(Managed object) throws KmipFailure, TokenException {
        changing(object.id(), writes::claim);
    }

    /** Changes what the server notes of an object, which is no change that its clients see a date of. */
    Managed note(Managed object, Attributes attributes) throws KmipFailure, TokenException {
        return writes.set(object, writes.change(object.attributes(), attributes));
    }

    /** Refuses an object that who asks only sees. */
    void requireChange(Managed object) throws KmipFailure {
        permissions.requireChange(object);
    }

    /** Destroys an object in whose place another is; nothing of it is kept. */
    void replace(Managed object) throws KmipFailure, TokenException {
        requireChange(object);
        Optional<Journal> journal = Journal.current();
        if (journal.isPresent()) {
            journal.get().putOff(() -> session.destroy(object.object()));
        } else {
            session.destroy(object.object());
        }
    }

    /** Destroys an object; its attributes are kept for a time where the token keeps them at all. */
    void destroy(Managed object, Attributes last) throws KmipFailure, TokenException {
        permissions.requireChange(object);
        Optional<Journal> journal = Journal.current();
        if (journal.isPresent()) {
            journal.get().putOff(() -> destroy(object, last));
            return;
        } else if (!object.kept() || semantics.keepDestroyed().isZero()) {
            session.destroy(object.object());
            return;
        }
        destroyed.forget(now(), semantics.keepDestroyed());
        TokenObject record = destroyed.keep(object.id(), Permissions.withOwner(served.noted(object, last), object));
        try {
            session.destroy(object.object());
        } catch (TokenException e) {
            session.destroy(record);
            throw e;
        }
    }

    /** Returns how an object is given out, if that was asked for before and is public. */
    Optional<ManagedObject> shown(Managed object) {
        return index.shown(object);
    }

    /** Remembers how a public object is given out. */
    void show(Managed object, ManagedObject shown) {
        index.show(object, shown);
    }

    /** Ends what the store follows of the token. */
    @Override
    public void close() {
        objects.close();
        index.close();
    }
}
