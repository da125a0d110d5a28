package org.symbolon.soft;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;

/**
 * An anchor that is a private data object in another token: its value is the epoch in decimal digits. A new object is
 * made before the older ones are destroyed, so that nothing is lost between.
 *
 * @param other the other token
 */
record TokenAnchor(OtherToken other) implements RollbackAnchor {
    private static final String LABEL = "symbolon anchor ";
    private static final int MAX_DIGITS = 19;
    private static final int MAX_SEARCHES = 10;
    private static final Logger LOG = LoggerFactory.getLogger(TokenAnchor.class);

    @Override
    public OptionalLong epoch(UUID token) throws TokenException {
        return other.call(session -> find(session, token).epoch);
    }

    @Override
    public void note(UUID token, long epoch) throws TokenException {
        other.call(session -> {
            Noted before = find(session, token);
            OptionalLong noted = before.epoch;
            if (noted.isEmpty() || noted.getAsLong() < epoch) {
                session.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                        .onToken()
                        .and(Template.label(LABEL + token))
                        .with(Attribute.PRIVATE, true)
                        .with(Attribute.VALUE, Bytes.of(Long.toString(epoch).getBytes(StandardCharsets.US_ASCII))));
                for (TokenObject older : before.objects) {
                    destroy(session, older);
                }
            }
            return noted;
        });
    }

    /** The objects of a token and the highest epoch in them. */
    private record Noted(List<TokenObject> objects, OptionalLong epoch) {}

    /** Reads what is noted. Another process may replace the objects meanwhile: when all are gone, there is a new one. */
    private static Noted find(Session session, UUID token) throws TokenException {
        for (int i = 0; i < MAX_SEARCHES; i++) {
            List<TokenObject> objects =
                    session.findAll(ObjectQuery.of(ObjectClass.DATA).label(LABEL + token));
            Noted noted = new Noted(objects, highest(session, objects));
            if (objects.isEmpty() || noted.epoch.isPresent()) {
                return noted;
            }
        }
        throw new TokenUnavailableException(
                Status.ckr("CKR_DEVICE_ERROR"),
                "the anchor's object was replaced " + MAX_SEARCHES + " times while it was read; try again");
    }

    /** Returns the highest epoch in objects; empty if another process has destroyed them all. */
    static OptionalLong highest(Session session, List<TokenObject> objects) throws TokenException {
        OptionalLong highest = OptionalLong.empty();
        for (TokenObject object : objects) {
            OptionalLong epoch = epoch(session, object);
            if (epoch.isPresent()) {
                highest = OptionalLong.of(Math.max(epoch.getAsLong(), highest.orElse(0)));
            }
        }
        return highest;
    }

    /** Returns the epoch in an object; empty if another process has destroyed it. */
    private static OptionalLong epoch(Session session, TokenObject object) throws TokenException {
        try {
            Attributes attributes = session.getAttributes(object, Set.of(Attribute.VALUE));
            return OptionalLong.of(parse(attributes.get(Attribute.VALUE)));
        } catch (ObjectNotFoundException e) {
            return OptionalLong.empty();
        }
    }

    /** Destroys an object, unless another process has. */
    static void destroy(Session session, TokenObject object) throws TokenException {
        try {
            session.destroy(object);
        } catch (ObjectNotFoundException e) {
            LOG.debug("another process destroyed the older epoch: {}", e.getMessage());
        }
    }

    private static long parse(Bytes value) throws TokenException {
        String digits = new String(value.toByteArray(), StandardCharsets.US_ASCII);
        try {
            return Long.parseLong(digits.substring(0, Math.min(digits.length(), MAX_DIGITS)));
        } catch (NumberFormatException e) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the anchor's object does not hold an epoch", e);
        }
    }
}
