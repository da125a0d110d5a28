package org.symbolon.kmip.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.symbolon.Attribute;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;

/**
 * The attributes of destroyed objects, each kept in a data object of the token whose label is the Unique Identifier that is not given
 * out again. Of the objects themselves nothing is left.
 */
final class DestroyedObjects {
    private static final String APPLICATION = "KMIP destroyed object";
    private static final int PAGE = 256;
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    private final Session session;
    private final AtomicReference<Instant> nextLook = new AtomicReference<>(Instant.MIN);

    DestroyedObjects(Session session) {
        this.session = session;
    }

    /** Returns whether an object of the token is such a record. */
    static boolean isRecord(Managed object) {
        State state = object.get(AttributeType.STATE).orElse(State.ACTIVE);
        return state.equals(State.DESTROYED) || state.equals(State.DESTROYED_COMPROMISED);
    }

    /** Keeps the attributes of an object that is about to be destroyed. */
    TokenObject keep(String id, Attributes attributes) throws KmipFailure, TokenException {
        Template record = Template.of(Attribute.CLASS, ObjectClass.DATA)
                .and(Template.label(id))
                .onToken()
                .with(Attribute.PRIVATE, true)
                .with(Attribute.APPLICATION, APPLICATION)
                .with(KeptAttributes.KMIP, StoredTtlv.of(attributes));
        return KeptAttributes.orRefused(() -> session.create(record));
    }

    /** Returns the record of a destroyed object. */
    Optional<TokenObject> find(String id) throws TokenException {
        try (ObjectCursor found = session.find(records().label(id), Set.of(KeptAttributes.KMIP))) {
            return found.next(1).stream().findFirst();
        }
    }

    /** Returns all records. */
    List<TokenObject> all() throws TokenException {
        List<TokenObject> all = new ArrayList<>();
        try (ObjectCursor cursor = session.find(records(), Set.of(KeptAttributes.KMIP))) {
            for (List<TokenObject> page = cursor.next(PAGE); !page.isEmpty(); page = cursor.next(PAGE)) {
                all.addAll(page);
            }
        }
        return all;
    }

    private static ObjectQuery records() {
        return ObjectQuery.of(ObjectClass.DATA).with(Attribute.APPLICATION, APPLICATION);
    }

    /** Forgets what was destroyed longer ago than it is kept; looks for it once an hour at most, since there may be many. */
    void forget(Instant now, Duration kept) throws KmipFailure, TokenException {
        Instant due = nextLook.get();
        Instant next = now.plus(kept.compareTo(BETWEEN_LOOKS) < 0 ? kept : BETWEEN_LOOKS);
        if (now.isBefore(due) || !nextLook.compareAndSet(due, next)) {
            return;
        }
        Instant before = now.minus(kept);
        for (TokenObject record : all()) {
            if (KeptAttributes.read(record)
                    .get(AttributeType.DESTROY_DATE)
                    .filter(date -> date.isBefore(before))
                    .isPresent()) {
                session.destroy(record);
            }
        }
    }

    /** Returns the Unique Identifier of an object, which outlives it. */
    static String id(TokenObject object, Attributes attributes) {
        return attributes
                .get(AttributeType.UNIQUE_IDENTIFIER)
                .map(org.symbolon.kmip.object.UniqueIdentifier::text)
                .orElseGet(() -> object.id() instanceof ObjectId.Unique unique
                        ? unique.uniqueId()
                        : object.id().toString());
    }
}
