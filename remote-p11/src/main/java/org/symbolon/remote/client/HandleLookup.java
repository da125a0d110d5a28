package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * Finds what handle an object has on one connection: by CKA_UNIQUE_ID, or by class, id and label where the token has no unique
 * ids. Objects that share all three are told apart by what they were read with; data and certificates that are the same in
 * everything are as good as each other; keys never are.
 */
final class HandleLookup {
    private static final int STEP = 2048;
    private static final int MAX_FOUND = 1 << 20;
    private static final int MAX_ALIKE = 1024;
    private static final Set<Attribute<?>> CONTENT =
            Set.of(Attribute.VALUE, Attribute.APPLICATION, Attribute.OBJECT_ID, Attribute.ISSUER);

    private final TokenConnection connection;
    private final ObjectReader reader;

    HandleLookup(TokenConnection connection, ObjectReader reader) {
        this.connection = connection;
        this.reader = reader;
    }

    long handle(TokenObject object, Deadline deadline) throws TokenException, ConnectionLostException {
        Optional<SessionObjectId> inSession = SessionObjectId.of(object.id());
        if (inSession.isPresent()) {
            if (!inSession.get().connection().equals(connection.id())) {
                throw SessionScope.lost();
            }
            return inSession.get().handle();
        }
        Optional<Long> known = connection.knownHandle(object.id());
        return known.isPresent() ? known.get() : lookUp(object, deadline);
    }

    private long lookUp(TokenObject object, Deadline deadline) throws TokenException, ConnectionLostException {
        List<Long> found = candidates(object.id(), deadline);
        if (found.isEmpty()) {
            throw Failures.of(
                    Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "the token has no such object, or does not show it");
        }
        if (found.size() == 1) {
            connection.remember(object.id(), found.get(0));
            return found.get(0);
        }
        return among(found, object, deadline);
    }

    /** Looks up in one flight what can be; what is not found by that, or more than once, is left to its own lookup. */
    void lookUpAll(List<TokenObject> objects, Deadline deadline) throws TokenException, ConnectionLostException {
        Map<ObjectId, Attributes> queries = new LinkedHashMap<>();
        for (TokenObject object : objects) {
            ObjectId id = object.id();
            if (SessionObjectId.of(id).isEmpty() && connection.knownHandle(id).isEmpty()) {
                exactQuery(id).ifPresent(query -> queries.put(id, query));
            }
        }
        if (queries.size() > 1) {
            connection.inSession(deadline, session -> findEach(queries, session, deadline));
        }
    }

    private static Optional<Attributes> exactQuery(ObjectId id) {
        if (id instanceof ObjectId.Described described) {
            Attributes query = query(described);
            return query.has(Attribute.LABEL) && query.has(Attribute.ID) ? Optional.of(query) : Optional.empty();
        }
        return Optional.of(Attributes.none().withAll(id.toQuery().attributes()).with(Attribute.TOKEN, true));
    }

    private int findEach(Map<ObjectId, Attributes> queries, long session, Deadline deadline)
            throws TokenException, ConnectionLostException {
        List<RpcMessage> calls = new ArrayList<>();
        for (Attributes query : queries.values()) {
            calls.add(RpcMessage.of(
                    RpcCall.FIND_OBJECTS_INIT,
                    new Ulong(session),
                    connection.attributes().toWire(query)));
            calls.add(RpcMessage.of(RpcCall.FIND_OBJECTS, new Ulong(session), new Buffer(2)));
            calls.add(RpcMessage.of(RpcCall.FIND_OBJECTS_FINAL, new Ulong(session)));
        }
        Iterator<RpcMessage> replies = connection.exchange(calls, deadline).iterator();
        int known = 0;
        for (ObjectId id : queries.keySet()) {
            Failures.check(replies.next());
            RpcMessage found = replies.next();
            Failures.check(found);
            Failures.check(replies.next());
            List<Long> handles = TokenConnection.ulongs(found, 2);
            if (handles.size() == 1) {
                connection.remember(id, handles.get(0));
                known++;
            }
        }
        return known;
    }

    private List<Long> candidates(ObjectId id, Deadline deadline) throws TokenException, ConnectionLostException {
        if (id instanceof ObjectId.Described described) {
            Attributes query = query(described);
            List<Long> found = find(query, deadline);
            boolean exact = query.has(Attribute.LABEL) && query.has(Attribute.ID);
            return exact || found.isEmpty() ? found : withExactly(described, found, deadline);
        }
        return find(Attributes.none().withAll(id.toQuery().attributes()).with(Attribute.TOKEN, true), deadline);
    }

    /** Returns the part of a description that every token matches alike: an empty value may be there or not. */
    private static Attributes query(ObjectId.Described described) {
        Attributes query =
                Attributes.none().with(Attribute.CLASS, described.objectClass()).with(Attribute.TOKEN, true);
        if (!described.label().isEmpty()) {
            query = query.with(Attribute.LABEL, described.label());
        }
        return described.id().isEmpty() ? query : query.with(Attribute.ID, described.id());
    }

    private List<Long> withExactly(ObjectId.Described described, List<Long> found, Deadline deadline)
            throws TokenException, ConnectionLostException {
        List<Optional<Attributes>> read = reader.attributes(found, Set.of(Attribute.LABEL, Attribute.ID), deadline);
        List<Long> exact = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Optional<Attributes> attributes = read.get(i);
            if (attributes.isPresent()
                    && attributes.get().find(Attribute.LABEL).orElse("").equals(described.label())
                    && attributes.get().find(Attribute.ID).orElse(Bytes.empty()).equals(described.id())) {
                exact.add(found.get(i));
            }
        }
        return exact;
    }

    private long among(List<Long> found, TokenObject object, Deadline deadline)
            throws TokenException, ConnectionLostException {
        Attributes known = object.attributes();
        List<Optional<Attributes>> read = reader.attributes(found, known.present(), deadline);
        List<Long> alike = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            if (read.get(i).isPresent() && agree(known, read.get(i).get())) {
                alike.add(found.get(i));
            }
        }
        if (alike.size() == 1 || (!alike.isEmpty() && areInterchangeable(object, alike, deadline))) {
            return alike.get(0);
        }
        throw new AmbiguousObjectException(
                Status.ckr("CKR_OBJECT_HANDLE_INVALID"),
                found.size() + " objects of the token share class, id and label, and the token has no unique ids; "
                        + "give each an id or a label of its own");
    }

    private static boolean agree(Attributes known, Attributes read) {
        return known.present().stream()
                .allMatch(attribute -> known.find(attribute).equals(read.find(attribute)));
    }

    private boolean areInterchangeable(TokenObject object, List<Long> alike, Deadline deadline)
            throws TokenException, ConnectionLostException {
        ObjectClass objectClass = object.objectClass();
        if (!objectClass.equals(ObjectClass.DATA) && !objectClass.equals(ObjectClass.CERTIFICATE)) {
            return false;
        }
        return reader.attributes(alike, CONTENT, deadline).stream()
                        .map(attributes -> attributes.map(Attributes::toBytes))
                        .distinct()
                        .count()
                == 1;
    }

    /** Finds the handles of all objects that match. */
    List<Long> find(Attributes query, Deadline deadline) throws TokenException, ConnectionLostException {
        return find(query, MAX_ALIKE, deadline);
    }

    /**
     * Finds handles.
     *
     * @param limit how many at most
     */
    List<Long> find(Attributes query, long limit, Deadline deadline) throws TokenException, ConnectionLostException {
        return connection.inSession(deadline, session -> findIn(session, query, limit, deadline));
    }

    private List<Long> findIn(long session, Attributes query, long limit, Deadline deadline)
            throws TokenException, ConnectionLostException {
        RpcMessage next = RpcMessage.of(RpcCall.FIND_OBJECTS, new Ulong(session), new Buffer(STEP));
        List<RpcMessage> replies = connection.exchange(
                List.of(
                        RpcMessage.of(
                                RpcCall.FIND_OBJECTS_INIT,
                                new Ulong(session),
                                connection.attributes().toWire(query)),
                        next),
                deadline);
        Failures.check(replies.get(0));
        Failures.check(replies.get(1));
        List<Long> found = new ArrayList<>();
        List<Long> step = TokenConnection.ulongs(replies.get(1), STEP);
        while (!step.isEmpty() && found.size() < limit) {
            found.addAll(step);
            if (found.size() > MAX_FOUND) {
                throw new TokenProtocolException(
                        Status.ckr("CKR_DEVICE_ERROR"),
                        "the peer finds more than " + MAX_FOUND + " objects; ask for fewer at once");
            }
            step = step.size() < STEP
                    ? List.of()
                    : TokenConnection.ulongs(
                            connection.call(deadline, RpcCall.FIND_OBJECTS, new Ulong(session), new Buffer(STEP)),
                            STEP);
        }
        connection.call(deadline, RpcCall.FIND_OBJECTS_FINAL, new Ulong(session));
        return found.size() <= limit ? found : found.subList(0, (int) limit);
    }
}
