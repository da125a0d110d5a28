package org.symbolon.kmip.server;

import java.util.List;
import java.util.Set;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Name;

/**
 * Keeps Names unique, as the standard has them (KMIP 2.1 section 4.33). They are looked for by CKA_LABEL, which is an object's first
 * Name; what was destroyed has given its Names back.
 */
final class Names {
    private static final int MOST = 16;

    private final ObjectStore store;

    Names(ObjectStore store) {
        this.store = store;
    }

    /** Refuses a Name that another object has; other attributes may be everywhere. */
    void requireFree(Attribute<?> attribute, String id) throws KmipFailure, TokenException {
        if (!store.semantics().uniqueNames() || !(attribute.value() instanceof Name name)) {
            return;
        }
        ObjectQuery query = ObjectQuery.all().label(name.nameValue());
        try (ObjectCursor found = store.session().find(query, Set.of(KeptAttributes.KMIP))) {
            List<TokenObject> objects = found.next(MOST);
            for (TokenObject each : objects) {
                Managed object = KeptAttributes.read(each);
                boolean same = object.attributes().all(AttributeType.NAME).contains(name);
                if (same && !DestroyedObjects.isRecord(object) && !object.id().equals(id)) {
                    throw new KmipFailure(
                            ResultReason.NON_UNIQUE_NAME_ATTRIBUTE, "another object has this Name; choose another");
                }
            }
        }
    }
}
