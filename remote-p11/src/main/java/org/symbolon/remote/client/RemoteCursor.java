package org.symbolon.remote.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/** Objects that were found: their handles are known, their attributes are read as they are asked for. */
final class RemoteCursor implements ObjectCursor {
    private static final int MAX_FLIGHT = 64;

    private final SessionAccess access;
    private final Attributes query;
    private final Set<Attribute<?>> wanted;
    private final Duration timeout;
    private final List<Found> found;
    private int part;
    private int position;
    private boolean closed;

    /**
     * What was found on one connection.
     *
     * @param pool whose connection it is
     * @param connection where the handles mean something
     * @param handles the handles
     */
    record Found(ConnectionPool pool, TokenConnection connection, List<Long> handles) {
        Found {
            connection.bind();
        }

        /** Lets go of the connection. */
        void end() {
            pool.unbind(connection);
        }
    }

    RemoteCursor(
            SessionAccess access, Attributes query, Set<Attribute<?>> wanted, Duration timeout, List<Found> found) {
        this.access = access;
        this.query = query;
        this.wanted = wanted;
        this.timeout = timeout;
        this.found = found;
    }

    @Override
    public List<TokenObject> next(int max) throws TokenException {
        List<TokenObject> objects = new ArrayList<>();
        while (!closed && objects.size() < max && part < found.size()) {
            Found current = found.get(part);
            int end = Math.min(current.handles().size(), position + Math.min(MAX_FLIGHT, max - objects.size()));
            if (position < end) {
                objects.addAll(read(current, current.handles().subList(position, end)));
                position = end;
            } else {
                endPart();
            }
        }
        return objects;
    }

    private List<TokenObject> read(Found current, List<Long> handles) throws TokenException {
        Deadline deadline = Deadline.after(timeout);
        return current.pool().callOn(current.connection(), deadline, connection -> {
            List<TokenObject> objects = new SessionObjects(access, connection, deadline).read(handles, query, wanted);
            objects.forEach(this::lookAgain);
            return objects;
        });
    }

    /** An object that is known by a description may share it with one whose handle is remembered. */
    private void lookAgain(TokenObject object) {
        if (object.id() instanceof ObjectId.Described) {
            access.token().module().pools().forget(access.token().name(), object.id());
        }
    }

    private void endPart() {
        found.get(part).end();
        part++;
        position = 0;
    }

    @Override
    public void close() {
        closed = true;
        while (part < found.size()) {
            endPart();
        }
    }
}
