package org.symbolon.kmip.token;

import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.Role;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

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
        if (!(object.id() instanceof ObjectId.Unique unique)
                || !unique.tokenSerial().equals(tokenSerial)) {
            throw Refusals.gone(object.id().toString());
        }
        ServedObject served = reader.require(unique.uniqueId(), deadline);
        if (!isSeen(served)) {
            throw Refusals.gone(unique.uniqueId());
        }
        return served;
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
