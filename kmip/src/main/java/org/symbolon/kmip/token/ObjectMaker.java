package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.InvalidAttributeException;
import org.symbolon.ObjectClass;
import org.symbolon.Outcome;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.RevocationReason;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.Destroy;
import org.symbolon.kmip.operation.Register;
import org.symbolon.kmip.operation.Revoke;

/** Makes objects on a server with as much of what they should carry as it keeps, and destroys them. Thread-safe. */
final class ObjectMaker {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectMaker.class);

    private final Server server;
    private final Labels labels;
    private final Optional<String> group;

    ObjectMaker(Server server, Labels labels, Optional<String> group) {
        this.server = server;
        this.labels = labels;
        this.group = group;
    }

    /** Makes something whose attributes are carried in one way. */
    @FunctionalInterface
    private interface Attempt<R> {
        R with(ServerMemory.Carriers carriers) throws TokenException;
    }

    /** Tries the ways in which attributes are carried, until the server takes one; the last says the least, and why that is too much. */
    private <R> R carried(Attempt<R> attempt) throws TokenException {
        List<ServerMemory.Carriers> ways = server.memory().carriers();
        TokenException last = null;
        for (ServerMemory.Carriers way : ways) {
            try {
                R made = attempt.with(way);
                server.memory().learnt(way);
                return made;
            } catch (InvalidAttributeException | TokenOperationException | TokenProtocolException e) {
                if (!Refusals.mayBeForAnAttribute(e)) {
                    throw e;
                }
                LOG.debug("The server does not take an object with {}: {}", way, e.getMessage());
                last = e;
            }
        }
        if (last == null) {
            throw new AssertionError("there is always a way to try");
        }
        throw last;
    }

    private org.symbolon.kmip.object.Attributes attributes(
            Attributes object, ServerMemory.Carriers way, Optional<String> taken, Deadline deadline)
            throws TokenException {
        org.symbolon.kmip.object.Attributes all =
                ObjectWriter.said(object, server.version(deadline), way.vendor(), way.secrecy());
        Optional<org.symbolon.kmip.object.Attribute<?>> carrier = labels.carrier(
                object.find(Attribute.LABEL).orElse(""),
                object.get(Attribute.CLASS),
                way.application(),
                taken,
                deadline);
        if (carrier.isPresent()) {
            all = all.with(carrier.get());
        }
        if (all.get(AttributeType.NAME).isEmpty()) {
            all = all.with(AttributeType.NAME, Labels.unique());
        }
        return group.isPresent() ? all.with(AttributeType.OBJECT_GROUP, group.get()) : all;
    }

    /** Registers an object; what it is made of belongs to the caller. */
    UniqueIdentifier register(Attributes object, Attributes asked, ManagedObject material, Deadline deadline)
            throws TokenException {
        UniqueIdentifier id = carried(way -> {
            requireKept(asked, object, way, Optional.of(material));
            return server.call(
                            new Register.Request(
                                    material.objectType(),
                                    attributes(object, way, Optional.empty(), deadline),
                                    material,
                                    null),
                            deadline)
                    .uniqueIdentifier();
        });
        if (!material.objectType().equals(ObjectType.OPAQUE_OBJECT)) {
            activate(List.of(id), deadline);
        }
        return id;
    }

    /** Makes a symmetric key. */
    UniqueIdentifier create(
            Attributes object, Attributes asked, org.symbolon.kmip.object.Attributes kind, Deadline deadline)
            throws TokenException {
        UniqueIdentifier id = carried(way -> {
            requireKept(asked, object, way, Optional.empty());
            return server.call(
                            new Create.Request(
                                    ObjectType.SYMMETRIC_KEY,
                                    joined(kind, attributes(object, way, Optional.empty(), deadline)),
                                    null),
                            deadline)
                    .uniqueIdentifier();
        });
        activate(List.of(id), deadline);
        return id;
    }

    /** Makes a key pair. */
    CreateKeyPair.Response createKeyPair(
            Rehearsal.Pair pair, Rehearsal.Pair asked, org.symbolon.kmip.object.Attributes kind, Deadline deadline)
            throws TokenException {
        CreateKeyPair.Response made = carried(way -> {
            requireKept(asked.publicKey(), pair.publicKey(), way, Optional.empty());
            requireKept(asked.privateKey(), pair.privateKey(), way, Optional.empty());
            org.symbolon.kmip.object.Attributes privateKey =
                    attributes(pair.privateKey(), way, Optional.empty(), deadline);
            Optional<String> taken = privateKey.get(AttributeType.NAME).map(org.symbolon.kmip.object.Name::nameValue);
            org.symbolon.kmip.object.Attributes publicKey = attributes(pair.publicKey(), way, taken, deadline);
            return server.call(new CreateKeyPair.Request(kind, privateKey, publicKey, null, null, null), deadline);
        });
        activate(List.of(made.privateKeyUniqueIdentifier(), made.publicKeyUniqueIdentifier()), deadline);
        return made;
    }

    private static org.symbolon.kmip.object.Attributes joined(
            org.symbolon.kmip.object.Attributes first, org.symbolon.kmip.object.Attributes second) {
        org.symbolon.kmip.object.Attributes all = first;
        for (org.symbolon.kmip.object.Attribute<?> each : second.list()) {
            all = all.with(each);
        }
        return all;
    }

    /** Refuses what the server would forget, instead of making an object that is another than asked for. */
    private void requireKept(
            Attributes asked, Attributes object, ServerMemory.Carriers way, Optional<ManagedObject> material)
            throws TokenException {
        if (way.vendor()) {
            return;
        }
        ObjectClass objectClass = object.get(Attribute.CLASS);
        ObjectType type = ObjectKinds.objectType(objectClass).orElseThrow();
        Attributes made = material.isPresent() && !KeySecrets.isSecret(objectClass)
                ? Materials.of(material.get())
                : Attributes.none();
        Attributes shown = ObjectView.of(
                        "",
                        type,
                        ObjectWriter.said(object, org.symbolon.kmip.ttlv.KmipVersion.V2_1, false, way.secrecy()),
                        made,
                        object.find(Attribute.LABEL).orElse(""))
                .orElseThrow();
        for (Attribute<?> attribute : asked.present()) {
            boolean material_ = !shown.has(attribute) && !attribute.equals(Attribute.ID);
            if (KeySecrets.OF_KEYS.contains(attribute) || attribute.equals(Attribute.KEY_TYPE)) {
                continue; // goes with the key itself
            }
            if (material_ || !asked.find(attribute).equals(shown.find(attribute))) {
                throw Refusals.attribute(
                        "CKR_ATTRIBUTE_VALUE_INVALID",
                        "this server keeps no vendors' attributes, and so not " + attribute + " as it is asked for");
            }
        }
    }

    private void activate(List<UniqueIdentifier> ids, Deadline deadline) throws TokenException {
        if (server.settings().activation() == TokenSettings.Activation.NEVER) {
            return;
        }
        List<Activate.Request> requests = new ArrayList<>();
        ids.forEach(id -> requests.add(new Activate.Request(id)));
        for (Outcome<Activate.Response> outcome : server.all(requests, deadline)) {
            if (outcome.failure() != null) {
                for (UniqueIdentifier id : ids) {
                    destroy(id, deadline);
                }
                throw outcome.failure();
            }
        }
    }

    /** Destroys an object, which is revoked first where it is active. */
    void destroy(UniqueIdentifier id, Deadline deadline) throws TokenException {
        destroyAll(List.of(id), deadline).get(0).get();
    }

    /** Destroys objects, in two messages where the server takes batches; what cannot be destroyed touches no other. */
    List<Outcome<Done>> destroyAll(List<UniqueIdentifier> ids, Deadline deadline) throws TokenException {
        RevocationReason reason = new RevocationReason(RevocationReasonCode.CESSATION_OF_OPERATION, null);
        List<Outcome<Revoke.Response>> revoked = server.all(
                ids.stream().map(id -> new Revoke.Request(id, reason, null)).toList(), deadline);
        List<Destroy.Request> requests = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (mayBeDestroyed(revoked.get(i).failure())) {
                LOG.debug(
                        "{} is destroyed, revoked or not",
                        ids.get(i),
                        revoked.get(i).failure());
                requests.add(new Destroy.Request(ids.get(i)));
            }
        }
        Iterator<Outcome<Destroy.Response>> destroyed =
                server.all(requests, deadline).iterator();
        List<Outcome<Done>> outcomes = new ArrayList<>();
        for (Outcome<Revoke.Response> each : revoked) {
            TokenException failure =
                    mayBeDestroyed(each.failure()) ? destroyed.next().failure() : each.failure();
            outcomes.add(failure == null ? Outcome.success(Done.DONE) : Outcome.failure(failure));
        }
        return outcomes;
    }

    /** Returns whether an object was revoked, or cannot be, as one that was never active. */
    private static boolean mayBeDestroyed(@Nullable TokenException refusal) {
        return refusal == null
                || refusal instanceof InvalidAttributeException
                || refusal instanceof TokenOperationException
                || refusal instanceof TokenPermissionException;
    }
}
