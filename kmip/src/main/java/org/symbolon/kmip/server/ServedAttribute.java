package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Outcome;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.spi.Request;

/** Writes to a token which objects are no longer Fresh: all in one transaction, where the token has such. */
final class ServedAttribute implements Served.Keeper {
    private static final int MOST_ATTEMPTS = 100;

    private final Session session;
    private final TokenReader reader;
    private final KnownObjects objects;
    private final ObjectLocks locks;

    ServedAttribute(Session session, TokenReader reader, KnownObjects objects, ObjectLocks locks) {
        this.session = session;
        this.reader = reader;
        this.objects = objects;
        this.locks = locks;
    }

    @Override
    public Map<String, KmipFailure> keep(Set<String> ids) {
        Map<String, KmipFailure> failed = new HashMap<>();
        ObjectLocks.Held held = locks.hold(ids);
        try {
            Set<String> left = Set.copyOf(ids);
            for (int attempt = 1; !left.isEmpty(); attempt++) {
                // Of what the index has that is older than the token's, the token says so.
                boolean known = attempt == 1;
                left = attempt(left, known, failed, attempt == MOST_ATTEMPTS);
            }
            return failed;
        } finally {
            held.release();
        }
    }

    /** Returns the objects that another server has changed meanwhile, which are to be read again. */
    private Set<String> attempt(Set<String> ids, boolean known, Map<String, KmipFailure> failed, boolean last) {
        List<Managed> fresh = new ArrayList<>();
        for (String id : ids) {
            try {
                read(id, known).ifPresent(fresh::add);
            } catch (KmipFailure e) {
                failed.put(id, e);
            }
        }
        return write(fresh, failed, last);
    }

    /** Returns an object, if it is still there and Fresh. */
    private Optional<Managed> read(String id, boolean known) throws KmipFailure {
        try {
            return (known ? objects.find(id) : reader.find(id))
                    .filter(object -> object.get(AttributeType.FRESH).orElse(true));
        } catch (KmipFailure e) {
            if (e.is(ResultReason.OBJECT_NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        } catch (TokenException e) {
            throw KmipFailure.of(e);
        }
    }

    private Set<String> write(List<Managed> fresh, Map<String, KmipFailure> failed, boolean last) {
        Set<String> overtaken = new HashSet<>();
        List<Outcome<?>> outcomes =
                session.performAll(fresh.stream().map(ServedAttribute::change).toList());
        for (int i = 0; i < fresh.size(); i++) {
            TokenException failure = outcomes.get(i).failure();
            if (failure != null && !last && ObjectWrites.isOvertaken(failure)) {
                overtaken.add(fresh.get(i).id());
            } else if (failure != null && !(failure instanceof ObjectNotFoundException)) {
                // Who destroyed it meanwhile has ended that it is Fresh.
                failed.put(fresh.get(i).id(), KmipFailure.of(failure));
            }
        }
        return overtaken;
    }

    private static Request.SetAttributes change(Managed object) {
        return new Request.SetAttributes(
                object.object(),
                ObjectWrites.following(
                        object,
                        Template.empty()
                                .with(KeptAttributes.KMIP, StoredTtlv.of(object.with(AttributeType.FRESH, false)))));
    }
}
