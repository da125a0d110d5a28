package org.symbolon.kmip.server;

import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.Name;

/**
 * Keeps Names unique, as the standard has them (KMIP 2.1 section 4.33): refuses early what the token's claims ({@link NameClaims}) would
 * refuse when it is written, and the labels of what no KMIP client made. What was destroyed has given its Names back.
 */
final class Names {
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
            throw taken("an object that is just being made", null);
        }
        for (Managed object : store.named(name)) {
            if (!object.id().equals(id)) {
                throw taken("another object", null);
            }
        }
    }

    /** Returns what a client is told of a Name that it does not get. */
    static KmipFailure taken(String by, @Nullable TokenException cause) {
        return new KmipFailure(ResultReason.NON_UNIQUE_NAME_ATTRIBUTE, by + " has this Name; choose another", cause);
    }
}
