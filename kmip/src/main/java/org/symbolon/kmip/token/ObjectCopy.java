package org.symbolon.kmip.token;

import java.util.Map;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** Copies of objects: KMIP has no operation for them, so that an object is made again of what it shows. */
final class ObjectCopy {
    private static final int MADE_BY_TOKEN_AT_CREATION = 2;
    private static final int MADE_BY_TOKEN = 13;

    private ObjectCopy() {}

    /** What reads the secret parts of a key. */
    @FunctionalInterface
    interface Secrets {
        Attributes read() throws TokenException;
    }

    /** Returns the template that makes an object again; its secret parts belong to the caller. */
    static Template template(ServedObject object, Secrets secrets) throws TokenException {
        if (!object.shown().find(Attribute.COPYABLE).orElse(true)) {
            throw Refusals.permission("CKR_ACTION_PROHIBITED", "CKA_COPYABLE is false");
        }
        Attributes whole = object.shown();
        if (KeySecrets.isSecret(object.objectClass())) {
            if (!object.showsSecrets()) {
                throw Refusals.permission(
                        "CKR_ACTION_PROHIBITED",
                        "KMIP servers copy no keys, and this one does not leave the server: it is sensitive or not"
                                + " extractable");
            }
            whole = whole.withAll(secrets.read());
        }
        Map<Attribute<?>, AttributeTable.Rule> rules =
                AttributeTable.rules(object.objectClass(), whole.find(Attribute.KEY_TYPE));
        for (Attribute<?> attribute : whole.present()) {
            AttributeTable.Rule rule = rules.get(attribute);
            boolean made = rule == null
                    || rule.footnotes().contains(MADE_BY_TOKEN_AT_CREATION)
                    || rule.footnotes().contains(MADE_BY_TOKEN)
                    || attribute.equals(Attribute.UNIQUE_ID);
            whole = made ? whole.without(attribute) : whole;
        }
        return Template.of(whole);
    }
}
