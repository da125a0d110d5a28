package org.symbolon.soft;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
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

    @Override
    public OptionalLong epoch(UUID token) throws TokenException {
        return other.call(session -> epoch(session, objects(session, token)));
    }

    @Override
    public void note(UUID token, long epoch) throws TokenException {
        other.call(session -> {
            List<TokenObject> before = objects(session, token);
            OptionalLong noted = epoch(session, before);
            if (noted.isEmpty() || noted.getAsLong() < epoch) {
                session.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                        .onToken()
                        .and(Template.label(LABEL + token))
                        .with(Attribute.PRIVATE, true)
                        .with(Attribute.VALUE, Bytes.of(Long.toString(epoch).getBytes(StandardCharsets.US_ASCII))));
                for (TokenObject older : before) {
                    session.destroy(older);
                }
            }
            return noted;
        });
    }

    private static List<TokenObject> objects(Session session, UUID token) throws TokenException {
        return session.findAll(ObjectQuery.of(ObjectClass.DATA).label(LABEL + token));
    }

    private static OptionalLong epoch(Session session, List<TokenObject> objects) throws TokenException {
        OptionalLong highest = OptionalLong.empty();
        for (TokenObject object : objects) {
            Attributes attributes = session.getAttributes(object, Set.of(Attribute.VALUE));
            long epoch = parse(attributes.get(Attribute.VALUE));
            highest = OptionalLong.of(Math.max(epoch, highest.orElse(0)));
        }
        return highest;
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
