package org.symbolon.kmip.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.ttlv.Ttlv;

/**
 * An object of the token as KMIP sees it.
 *
 * @param object the object
 * @param attributes its KMIP attributes, without those that are computed when they are asked for
 * @param kept whether the token keeps them; otherwise they follow from those of PKCS #11
 */
record Managed(TokenObject object, Attributes attributes, boolean kept) {
    /** Returns the Unique Identifier: CKA_UNIQUE_ID, or what it was for a destroyed object. */
    String id() {
        return DestroyedObjects.id(object, attributes);
    }

    /** Returns the place of an object among those that were made in the same second. */
    long sequence() {
        return get(KeptAttributes.SEQUENCE).orElse(null) instanceof Ttlv.LongInt number ? number.value() : 0;
    }

    /** Returns whether the object is in archival storage. */
    boolean isArchived() {
        return get(AttributeType.ARCHIVE_DATE).isPresent();
    }

    <T> Optional<T> get(AttributeType<T> type) {
        return attributes.get(type);
    }

    ObjectType type() {
        return attributes.get(AttributeType.OBJECT_TYPE).orElse(ObjectType.OPAQUE_OBJECT);
    }

    /** Returns the state at a moment, which dates may have changed (KMIP 2.1 section 4.57). */
    State state(Instant now) {
        State stored = get(AttributeType.STATE).orElse(State.PRE_ACTIVE);
        if (stored.equals(State.PRE_ACTIVE) && isReached(AttributeType.ACTIVATION_DATE, now)) {
            stored = State.ACTIVE;
        }
        return stored.equals(State.ACTIVE) && isReached(AttributeType.DEACTIVATION_DATE, now)
                ? State.DEACTIVATED
                : stored;
    }

    boolean isReached(AttributeType<Instant> date, Instant now) {
        return get(date).filter(when -> !when.isAfter(now)).isPresent();
    }

    /** Returns the attributes with one value of a type, and no other. */
    <T> Attributes with(AttributeType<T> type, T value) {
        return without(attributes, type).with(type, value);
    }

    static Attributes without(Attributes attributes, AttributeType<?> type) {
        List<Attribute<?>> others = new ArrayList<>(attributes.list());
        others.removeIf(each -> each.type().equals(type));
        return new Attributes(others, attributes.templates());
    }
}
