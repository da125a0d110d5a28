package org.symbolon.kmip.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.Archive;
import org.symbolon.kmip.operation.Destroy;
import org.symbolon.kmip.operation.Recover;
import org.symbolon.kmip.operation.Revoke;

/** Activate, Revoke, Destroy, Archive and Recover (KMIP 2.1 sections 4.57 and 6.1). */
final class LifecycleOperations {
    private static final Logger LOG = LoggerFactory.getLogger(LifecycleOperations.class);
    private static final Set<RevocationReasonCode> COMPROMISES =
            Set.of(RevocationReasonCode.KEY_COMPROMISE, RevocationReasonCode.CA_COMPROMISE);

    private final ObjectStore store;
    private final View view;

    LifecycleOperations(ObjectStore store, View view) {
        this.store = store;
        this.view = view;
    }

    void addTo(Handlers handlers) {
        handlers.add(
                Activate.Request.class,
                (request, batch) -> store.changing(batch.id(request.uniqueIdentifier()), this::activate));
        handlers.add(
                Revoke.Request.class,
                (request, batch) ->
                        store.changing(batch.id(request.uniqueIdentifier()), object -> revoke(object, request)));
        handlers.add(Destroy.Request.class, (request, batch) -> destroy(batch.id(request.uniqueIdentifier())));
        handlers.add(
                Archive.Request.class,
                (request, batch) -> store.changing(batch.id(request.uniqueIdentifier()), this::archive));
        handlers.add(
                Recover.Request.class,
                (request, batch) -> store.changing(batch.id(request.uniqueIdentifier()), object -> {
                    Recover.Response recovered = recover(object);
                    batch.hold(object.id());
                    return recovered;
                }));
    }

    private Activate.Response activate(Managed object) throws KmipFailure, TokenException {
        Instant now = store.now();
        if (!object.state(now).equals(State.PRE_ACTIVE)) {
            throw wrongState(object.state(now), "activated");
        }
        store.update(
                object,
                Managed.without(object.with(AttributeType.STATE, State.ACTIVE), AttributeType.ACTIVATION_DATE)
                        .with(AttributeType.ACTIVATION_DATE, now));
        return new Activate.Response(UniqueIdentifier.of(object.id()));
    }

    private static KmipFailure wrongState(State state, String action) {
        return new KmipFailure(
                ResultReason.WRONG_KEY_LIFECYCLE_STATE,
                "an object that is " + state.xmlName() + " cannot be " + action);
    }

    private Revoke.Response revoke(Managed object, Revoke.Request request) throws KmipFailure, TokenException {
        Instant now = store.now();
        State state = object.state(now);
        boolean compromise = COMPROMISES.contains(request.revocationReason().revocationReasonCode());
        if (state.equals(State.COMPROMISED) || (!compromise && !state.equals(State.ACTIVE))) {
            throw wrongState(state, "revoked for this reason");
        }
        Attributes changed = Managed.without(
                        object.with(AttributeType.REVOCATION_REASON, request.revocationReason()), AttributeType.STATE)
                .with(AttributeType.STATE, compromise ? State.COMPROMISED : State.DEACTIVATED);
        if (compromise) {
            Instant occurred = request.compromiseOccurrenceDate() != null
                    ? request.compromiseOccurrenceDate()
                    : object.get(AttributeType.INITIAL_DATE).orElse(now);
            changed = changed.with(AttributeType.COMPROMISE_DATE, now)
                    .with(AttributeType.COMPROMISE_OCCURRENCE_DATE, occurred);
        } else {
            changed = Managed.without(changed, AttributeType.DEACTIVATION_DATE)
                    .with(AttributeType.DEACTIVATION_DATE, now);
        }
        store.update(object, changed);
        return new Revoke.Response(UniqueIdentifier.of(object.id()));
    }

    private Destroy.Response destroy(String id) throws KmipFailure, TokenException {
        Gone gone = store.changing(id, this::destroyed);
        // After the object's own lock: two of a pair that are destroyed at once would wait for each other.
        for (Link link : gone.links()) {
            keepLink(link.linkedObjectIdentifier().text(), gone.object());
        }
        return new Destroy.Response(UniqueIdentifier.of(id));
    }

    /** An object that was destroyed, and what it was linked to. */
    private record Gone(Managed object, List<Link> links) {}

    private Gone destroyed(Managed object) throws KmipFailure, TokenException {
        Instant now = store.now();
        State state = object.state(now);
        if (object.kept() && state.equals(State.ACTIVE) && hasStates(object)) {
            throw new KmipFailure(
                    ResultReason.WRONG_KEY_LIFECYCLE_STATE, "the object is active; revoke it before it is destroyed");
        }
        State last = state.equals(State.COMPROMISED) ? State.DESTROYED_COMPROMISED : State.DESTROYED;
        Attributes all = Managed.without(view.all(object, type -> true), AttributeType.STATE);
        Gone gone = new Gone(object, view.links(object));
        store.destroy(
                object,
                Managed.without(all, AttributeType.LAST_CHANGE_DATE)
                        .with(AttributeType.STATE, last)
                        .with(AttributeType.LAST_CHANGE_DATE, now)
                        .with(AttributeType.DESTROY_DATE, now));
        return gone;
    }

    /** The other objects of a pair go on to say what they belonged to, unless they are destroyed meanwhile. */
    private void keepLink(String id, Managed destroyed) throws KmipFailure, TokenException {
        Optional<LinkType> type = View.linkTo(destroyed);
        if (type.isEmpty()) {
            return;
        }
        try {
            Managed other = store.require(id);
            if (other.kept()) {
                Links.add(store, other, type.get(), destroyed);
            }
        } catch (KmipFailure e) {
            if (!e.is(ResultReason.OBJECT_NOT_FOUND) && !e.is(ResultReason.OBJECT_DESTROYED)) {
                throw e;
            }
            LOG.debug("what was linked to a destroyed object is gone too: {}", e.getMessage());
        }
    }

    private static boolean hasStates(Managed object) {
        return !object.type().equals(ObjectType.TEMPLATE);
    }

    private Archive.Response archive(Managed object) throws KmipFailure, TokenException {
        if (object.isArchived()) {
            throw new KmipFailure(ResultReason.OBJECT_ARCHIVED, "the object is archived already");
        }
        store.update(object, object.with(AttributeType.ARCHIVE_DATE, store.now()));
        return new Archive.Response(UniqueIdentifier.of(object.id()));
    }

    private Recover.Response recover(Managed object) throws KmipFailure, TokenException {
        if (object.isArchived()) {
            store.update(object, Managed.without(object.attributes(), AttributeType.ARCHIVE_DATE));
        }
        return new Recover.Response(UniqueIdentifier.of(object.id()));
    }
}
