package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.InvalidAttributeException;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Name;

/** Reads the token's objects as KMIP sees them; records of destroyed objects are none. Thread-safe. */
final class TokenReader {
    private static final Logger LOG = LoggerFactory.getLogger(TokenReader.class);
    private static final int MAX_ID = 256;
    private static final int PAGE = 256;

    private final Session session;

    TokenReader(Session session) {
        this.session = session;
    }

    /** Returns the object of a Unique Identifier. */
    Optional<Managed> find(String id) throws KmipFailure, TokenException {
        if (id.isEmpty() || id.length() > MAX_ID) {
            return Optional.empty();
        }
        try (ObjectCursor found =
                session.find(ObjectQuery.all().with(Attribute.UNIQUE_ID, id), KeptAttributes.WANTED)) {
            List<TokenObject> objects = found.next(1);
            if (objects.isEmpty()) {
                return Optional.empty();
            }
            Managed object = KeptAttributes.read(objects.get(0));
            return DestroyedObjects.isRecord(object) ? Optional.empty() : Optional.of(object);
        } catch (ObjectNotFoundException e) {
            throw new KmipFailure(ResultReason.OBJECT_NOT_FOUND, "the object has just been destroyed", e);
        }
    }

    /**
     * Returns the objects that have a Name: those whose label it is, which every token finds, and those that have claimed it, be it not
     * their first one.
     */
    List<Managed> named(Name name) throws KmipFailure, TokenException {
        Predicate<Managed> matches =
                object -> object.attributes().all(AttributeType.NAME).contains(name);
        Map<String, Managed> named = new LinkedHashMap<>();
        scan(ObjectQuery.all().label(name.nameValue()), matches).forEach(object -> named.put(object.id(), object));
        try {
            scan(ObjectQuery.all().with(NameClaims.CLAIMS, NameClaims.of(List.of(name))), matches)
                    .forEach(object -> named.put(object.id(), object));
        } catch (InvalidAttributeException e) {
            LOG.debug("the token keeps no claims, so that objects have no Name but their label: {}", e.getMessage());
        }
        return List.copyOf(named.values());
    }

    /** Returns all objects. */
    List<Managed> all() throws KmipFailure, TokenException {
        return scan(ObjectQuery.all(), object -> true);
    }

    /** Returns the objects that the token finds and that match. */
    List<Managed> scan(ObjectQuery query, Predicate<Managed> matches) throws KmipFailure, TokenException {
        List<Managed> found = new ArrayList<>();
        try (ObjectCursor cursor = session.find(query, KeptAttributes.WANTED)) {
            for (List<TokenObject> page = cursor.next(PAGE); !page.isEmpty(); page = cursor.next(PAGE)) {
                for (TokenObject each : page) {
                    Managed object = KeptAttributes.read(each);
                    if (!DestroyedObjects.isRecord(object) && matches.test(object)) {
                        found.add(object);
                    }
                }
            }
        }
        return found;
    }

    /** Reads an object again. */
    Managed again(TokenObject object) throws KmipFailure, TokenException {
        return KeptAttributes.read(
                TokenObject.of(object.id(), session.getAttributes(object, KeptAttributes.WANTED), object.verified()));
    }
}
