package org.symbolon.kmip.server;

import java.time.Instant;
import java.util.Set;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.Destroy;
import org.symbolon.kmip.operation.Revoke;

/** Activate, Revoke and Destroy (KMIP 2.1 sections 4.57 and 6.1). */
final class LifecycleOperations {
    private static final Set<RevocationReasonCode> COMPROMISES =
            Set.of(RevocationReasonCode.KEY_COMPROMISE, RevocationReasonCode.CA_COMPROMISE);

    private final ObjectStore store;

    LifecycleOperations(ObjectStore store) {
        this.store = store;
    }

    void addTo(Handlers handlers) {
        handlers.add(Activate.Request.class, this::activate);
        handlers.add(Revoke.Request.class, this::revoke);
        handlers.add(Destroy.Request.class, this::destroy);
    }

    private Activate.Response activate(Activate.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
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

    private Revoke.Response revoke(Revoke.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
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

    private Destroy.Response destroy(Destroy.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        State state = object.state(store.now());
        if (object.kept() && state.equals(State.ACTIVE)) {
            throw new KmipFailure(
                    ResultReason.WRONG_KEY_LIFECYCLE_STATE, "the object is active; revoke it before it is destroyed");
        }
        store.destroy(object);
        return new Destroy.Response(UniqueIdentifier.of(object.id()));
    }
}
