package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.KeyObject;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.spi.Request;

/** The session objects in memory, by the names that they have outside: their ids begin with {@value #PREFIX}. */
final class SessionObjects {
    static final String PREFIX = "session:";

    private final SessionScope scope;
    private final Role role;
    private final String tokenSerial;

    SessionObjects(SessionScope scope, Role role, String tokenSerial) {
        this.scope = scope;
        this.role = role;
        this.tokenSerial = tokenSerial;
    }

    static boolean isOne(TokenObject object) {
        return object.id() instanceof ObjectId.Unique unique
                && unique.uniqueId().startsWith(PREFIX);
    }

    /** Returns the session in memory. */
    Session session(Deadline deadline) throws TokenException {
        deadline.check("the token in memory");
        return scope.session(role).within(deadline.remaining());
    }

    /** Destroys a key that was brought here, even if the call's time is over. */
    void wipe(KeyObject brought) throws TokenException {
        scope.session(role).destroy(brought);
    }

    /** Does something with a session object or in memory alone. */
    <R> R perform(Request<R> request, Deadline deadline) throws TokenException {
        return session(deadline).perform(request);
    }

    /** Returns an object as it is called in memory. */
    TokenObject inner(TokenObject outer) throws TokenException {
        String id = ((ObjectId.Unique) outer.id()).uniqueId().substring(PREFIX.length());
        String serial = scope.session(role).info().token().serialNumber();
        return TokenObject.of(new ObjectId.Unique(serial, id), outer.attributes(), outer.verified());
    }

    KeyObject innerKey(KeyObject outer) throws TokenException {
        return (KeyObject) inner(outer);
    }

    /** Returns an object in memory as it is called outside. */
    TokenObject outer(TokenObject inner) {
        String id = PREFIX + ((ObjectId.Unique) inner.id()).uniqueId();
        return TokenObject.of(new ObjectId.Unique(tokenSerial, id), outer(inner.attributes()), inner.verified());
    }

    Attributes outer(Attributes inner) {
        return inner.find(Attribute.UNIQUE_ID)
                .map(id -> inner.with(Attribute.UNIQUE_ID, PREFIX + id))
                .orElse(inner);
    }

    /** Finds session objects. */
    ObjectCursor find(Request.Find request, Deadline deadline) throws TokenException {
        Attributes query = request.query().attributes();
        String unique = query.find(Attribute.UNIQUE_ID).orElse(PREFIX);
        boolean token = query.isTrue(Attribute.TOKEN);
        if (token || !unique.startsWith(PREFIX) || !scope.isUsed()) {
            return ObjectCursor.of(List.of());
        }
        ObjectQuery inside = query.has(Attribute.UNIQUE_ID)
                ? request.query().with(Attribute.UNIQUE_ID, unique.substring(PREFIX.length()))
                : request.query();
        ObjectCursor cursor = session(deadline).find(inside, request.wanted());
        return new ObjectCursor() {
            @Override
            public List<TokenObject> next(int max) throws TokenException {
                List<TokenObject> part = new ArrayList<>();
                for (TokenObject object : cursor.next(max)) {
                    part.add(outer(object));
                }
                return part;
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }
}
