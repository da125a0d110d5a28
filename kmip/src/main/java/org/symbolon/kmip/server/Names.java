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
    private static final int PAGE = 16;

    private final ObjectStore store;
    private final ReservedNames reserved;

    Names(ObjectStore store, ReservedNames reserved) {
        this.store = store;
        this.reserved = reserved;
    }

    /** Refuses a Name that another object has, and keeps it free until the operation ends; other attributes may be everywhere. */
    void requireFree(Attribute<?> attribute, String id) throws KmipFailure, TokenException {
        if (!store.semantics().uniqueNames() || !(attribute.value() instanceof Name name)) {
            return;
        }
        if (!reserved.reserve(name)) {
            throw taken("an object that is just being made");
        }
        ObjectQuery query = ObjectQuery.all().label(name.nameValue());
        try (ObjectCursor found = store.session().find(query, Set.of(KeptAttributes.KMIP))) {
            for (List<TokenObject> page = found.next(PAGE); !page.isEmpty(); page = found.next(PAGE)) {
                for (TokenObject each : page) {
                    requireOther(KeptAttributes.read(each), name, id);
                }
            }
        }
    }

    private static void requireOther(Managed object, Name name, String id) throws KmipFailure {
        boolean same = object.attributes().all(AttributeType.NAME).contains(name);
        if (same && !DestroyedObjects.isRecord(object) && !object.id().equals(id)) {
            throw taken("another object");
        }
    }

    private static KmipFailure taken(String by) {
        return new KmipFailure(ResultReason.NON_UNIQUE_NAME_ATTRIBUTE, by + " has this Name; choose another");
    }
}
