package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.Outcome;
import org.symbolon.Role;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.object.UniqueIdentifier;

/**
 * What a session works with.
 *
 * @param token its token
 * @param server the server as this session's user asks it
 * @param reader reads objects
 * @param finder locates them
 * @param maker makes them
 * @param memory its session objects
 * @param role in whose name it acts
 * @param readOnly whether token objects cannot be written
 * @param tokenSerial the token's serial number
 */
record SessionAccess(
        KmipToken token,
        Server server,
        ObjectReader reader,
        ObjectFinder finder,
        ObjectMaker maker,
        SessionObjects memory,
        Role role,
        boolean readOnly,
        String tokenSerial) {
    /** Reads a token object that this session may see. */
    ServedObject require(TokenObject object, Deadline deadline) throws TokenException {
        return requireAll(List.of(object), deadline).get(0).get();
    }

    /** Reads token objects, together; those that this session may not see are not there. */
    List<Outcome<ServedObject>> requireAll(List<TokenObject> objects, Deadline deadline) throws TokenException {
        List<UniqueIdentifier> ids = objects.stream()
                .flatMap(object -> id(object).stream())
                .distinct()
                .toList();
        Map<UniqueIdentifier, ServedObject> read = new HashMap<>();
        reader.read(ids, Set.of(), deadline).forEach(object -> read.put(object.id(), object));
        List<Outcome<ServedObject>> outcomes = new ArrayList<>();
        for (TokenObject object : objects) {
            Optional<ServedObject> served =
                    id(object).flatMap(id -> Optional.ofNullable(read.get(id))).filter(this::isSeen);
            outcomes.add(served.map(Outcome::success)
                    .orElseGet(() -> Outcome.failure(Refusals.gone(id(object)
                            .map(UniqueIdentifier::text)
                            .orElse(object.id().toString())))));
        }
        return outcomes;
    }

    private Optional<UniqueIdentifier> id(TokenObject object) {
        return object.id() instanceof ObjectId.Unique unique
                        && unique.tokenSerial().equals(tokenSerial)
                ? Optional.of(UniqueIdentifier.of(unique.uniqueId()))
                : Optional.empty();
    }

    boolean isSeen(ServedObject object) {
        return role == Role.USER || !object.isPrivate();
    }

    /** Refuses to write a token object where this session may not. */
    void requireWritable(boolean privateObject) throws TokenException {
        if (readOnly) {
            throw Refusals.permission("CKR_SESSION_READ_ONLY", "the session is read-only");
        }
        if (privateObject && role != Role.USER) {
            throw Refusals.permission("CKR_USER_NOT_LOGGED_IN", "private objects are made by the user");
        }
    }

    static boolean isOnToken(Attributes template) {
        return template.isTrue(Attribute.TOKEN);
    }
}
