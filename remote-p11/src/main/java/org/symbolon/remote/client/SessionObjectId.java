package org.symbolon.remote.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbolon.ObjectId;

/**
 * The name of a session object: the connection that made it, and its handle there. It means nothing to anybody else, and
 * nothing at all once the connection is gone.
 *
 * @param connection the connection's id
 * @param handle the handle
 */
record SessionObjectId(String connection, long handle) {
    private static final Pattern FORM = Pattern.compile("session-object:([0-9a-f]{8}-[0-9]{1,19}):([0-9a-f]{1,16})");

    String uniqueId() {
        return "session-object:" + connection + ":" + Long.toHexString(handle);
    }

    static Optional<SessionObjectId> parse(String uniqueId) {
        Matcher matcher = FORM.matcher(uniqueId);
        return matcher.matches()
                ? Optional.of(new SessionObjectId(matcher.group(1), Long.parseUnsignedLong(matcher.group(2), 16)))
                : Optional.empty();
    }

    static Optional<SessionObjectId> of(ObjectId id) {
        return id instanceof ObjectId.Unique unique ? parse(unique.uniqueId()) : Optional.empty();
    }
}
