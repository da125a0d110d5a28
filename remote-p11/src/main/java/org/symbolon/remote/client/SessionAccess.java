package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.Change;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.Role;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.remote.client.ConnectionPool.Repeat;
import org.symbolon.remote.client.ConnectionPool.Work;
import org.symbolon.spi.Request;

/** Where the requests of one session go. Thread-safe. */
final class SessionAccess {
    private final RemoteToken token;
    private final SessionScope scope;
    private final ConnectionPool pool;
    private final boolean readOnly;

    SessionAccess(RemoteToken token, SessionScope scope, ConnectionPool pool, boolean readOnly) {
        this.token = token;
        this.scope = scope;
        this.pool = pool;
        this.readOnly = readOnly;
    }

    Role role() {
        return pool.credential().role();
    }

    ConnectionPool pool() {
        return pool;
    }

    SessionScope scope() {
        return scope;
    }

    RemoteToken token() {
        return token;
    }

    ObjectReader reader(TokenConnection connection) {
        return new ObjectReader(connection, token.name().serialNumber(), role() != Role.PUBLIC);
    }

    /** What is done with the objects of a connection. */
    @FunctionalInterface
    interface ObjectWork<R> {
        R with(SessionObjects objects) throws TokenException, ConnectionLostException;
    }

    /** Serves a request where its objects are. */
    <R> R serve(Request<?> request, boolean repeatable, Deadline deadline, ObjectWork<R> work) throws TokenException {
        Repeat repeat = repeatable && !request.changesObjects() ? Repeat.ALWAYS : Repeat.IF_NOTHING_WAS_DONE;
        Work<R> onConnection = connection -> {
            SessionObjects objects = new SessionObjects(this, connection, deadline);
            return objects.withFreshHandles(request, same -> work.with(objects));
        };
        List<ObjectId> named = objects(request).stream().map(TokenObject::id).toList();
        return place(request).call(deadline, repeat, named, onConnection);
    }

    /** Returns the pool that can serve a request: where its session objects are, or are to be. */
    ConnectionPool place(Request<?> request) throws TokenException {
        List<SessionObjectId> inSession = objects(request).stream()
                .map(TokenObject::id)
                .map(SessionObjectId::of)
                .flatMap(Optional::stream)
                .toList();
        if (!inSession.isEmpty()) {
            return scope.of(inSession, role());
        }
        return makesSessionObject(request) ? scope.forNewObjects(pool, readOnly) : pool;
    }

    /** Returns the objects that a request names. */
    static List<TokenObject> objects(Request<?> request) {
        List<TokenObject> objects = new ArrayList<>(request.object().stream().toList());
        request.mechanism()
                .ifPresent(mechanism -> objects.addAll(mechanism.parameters().otherKeys()));
        if (request instanceof Request.WrapKey wrap) {
            objects.add(wrap.target());
        }
        return objects;
    }

    private static boolean makesSessionObject(Request<?> request) {
        if (request instanceof Request.GenerateKeyPair pair) {
            return !isOnToken(pair.publicTemplate()) || !isOnToken(pair.privateTemplate());
        } else if (request instanceof Request.GenerateKey key) {
            return !isOnToken(key.template());
        } else if (request instanceof Request.Create create) {
            return !isOnToken(create.template());
        } else if (request instanceof Request.DeriveKey derive) {
            return !isOnToken(derive.template());
        } else if (request instanceof Request.UnwrapKey unwrap) {
            return !isOnToken(unwrap.template());
        }
        return request instanceof Request.Copy copy
                && copy.template().attributes().find(Attribute.TOKEN).equals(Optional.of(false));
    }

    private static boolean isOnToken(Template template) {
        return template.attributes().isTrue(Attribute.TOKEN);
    }

    /** Tells who listens, and makes every connection look again for whatever is called by that id. */
    void changed(Change.Kind kind, ObjectId object) {
        token.module().pools().forget(token.name(), object);
        token.module().tell(token.name(), Change.of(kind, object));
    }
}
