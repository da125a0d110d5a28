package org.symbolon.kmip.token;

import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.KeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.spi.Request;

/** Keys of the server that are used in this process: public keys, and those that may leave. They live as long as one use. */
final class LocalKeys {
    private static final int MADE_BY_TOKEN_AT_CREATION = 2;
    private static final int MADE_BY_TOKEN = 13;
    private static final Set<Attribute<?>> NOT_OF_USE = Set.of(
            Attribute.UNIQUE_ID,
            Attribute.TOKEN,
            Attribute.PRIVATE,
            Attribute.SENSITIVE,
            Attribute.LABEL,
            Attribute.ID);

    private final SessionAccess access;

    LocalKeys(SessionAccess access) {
        this.access = access;
    }

    /** Does something with a key. */
    <R> R use(ServedObject key, Request.WithKey<R> request, Deadline deadline) throws TokenException {
        Session own = access.token().memory().own();
        Session session = own.within(deadline.remaining());
        KeyObject here = bring(key, session, deadline);
        try {
            return session.perform(request.withKey(here));
        } finally {
            own.destroy(here); // even if the call's time is over
        }
    }

    /** Brings a key here, as a session object that the caller destroys. */
    KeyObject bring(ServedObject key, Session session, Deadline deadline) throws TokenException {
        Attributes material = Attributes.none();
        boolean secret = KeySecrets.isSecret(key.objectClass());
        if (secret) {
            material = access.reader().secrets(key, deadline);
        }
        try {
            return (KeyObject) session.create(template(key.shown().withAll(material)));
        } finally {
            KeySecrets.wipe(material);
        }
    }

    private static Template template(Attributes key) {
        Attributes kept = key;
        var rules = AttributeTable.rules(key.get(Attribute.CLASS), Optional.of(key.get(Attribute.KEY_TYPE)));
        for (Attribute<?> attribute : key.present()) {
            AttributeTable.Rule rule = rules.get(attribute);
            boolean made = rule == null
                    || rule.footnotes().contains(MADE_BY_TOKEN_AT_CREATION)
                    || rule.footnotes().contains(MADE_BY_TOKEN);
            if (made || NOT_OF_USE.contains(attribute)) {
                kept = kept.without(attribute);
            }
        }
        return Template.of(kept).inSession();
    }
}
