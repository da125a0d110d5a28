package org.symbolon.soft;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.SecretBytes;
import org.symbolon.TokenObject;
import org.symbolon.soft.object.ObjectKind;
import org.symbolon.soft.object.SecretValues;

/**
 * An object with all its attributes, the secret ones as {@link SecretBytes}.
 *
 * @param uid names it
 * @param version counts its changes
 * @param attributes its attributes
 * @param verified whether the token vouches for them
 */
record StoredObject(UUID uid, long version, Attributes attributes, boolean verified) {

    boolean isPrivate() {
        return attributes.isTrue(Attribute.PRIVATE);
    }

    boolean isOnToken() {
        return attributes.isTrue(Attribute.TOKEN);
    }

    /** Returns the uid of CKA_UNIQUE_ID, or empty if it is none of ours. */
    static Optional<UUID> parseUid(String uniqueId) {
        try {
            UUID uid = UUID.fromString(uniqueId);
            return uid.toString().equals(uniqueId) ? Optional.of(uid) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether it matches a query, exactly. What is hidden matches nothing. */
    boolean matches(ObjectQuery query) {
        Attributes wanted = query.attributes();
        Attributes visible = visible(wanted.present());
        return wanted.present().stream()
                .allMatch(attribute -> attribute.equals(Conditions.CLAIMS)
                        ? Conditions.matches(visible.find(Conditions.CLAIMS), wanted.get(Conditions.CLAIMS))
                        : visible.find(attribute).equals(wanted.find(attribute)));
    }

    /** Returns the attributes that were asked for, without the values that the token does not show. */
    Attributes visible(Set<Attribute<?>> wanted) {
        boolean hidden = attributes.isTrue(Attribute.SENSITIVE)
                || !attributes.find(Attribute.EXTRACTABLE).orElse(true);
        Set<Attribute<?>> secrets = ObjectKind.of(attributes).secrets();
        Attributes.Builder visible = Attributes.builder();
        for (Attribute<?> attribute : wanted) {
            if (secrets.contains(attribute)) {
                showSecret(visible, attribute.as(AttributeType.BYTES), hidden);
            } else {
                show(visible, attribute);
            }
        }
        return visible.build();
    }

    private <T> void show(Attributes.Builder visible, Attribute<T> attribute) {
        attributes.find(attribute).ifPresent(value -> visible.set(attribute, value));
    }

    private void showSecret(Attributes.Builder visible, Attribute<Bytes> attribute, boolean hidden) {
        if (hidden) {
            visible.setSensitive(attribute);
        } else {
            attributes
                    .find(attribute)
                    .ifPresent(value -> visible.set(attribute, SecretBytes.copyOf(value.sharedArray())));
        }
    }

    /** Returns the object as the API shows it. */
    TokenObject toTokenObject(String tokenSerial, Set<Attribute<?>> wanted) {
        Attributes shown = visible(wanted).withAll(visible(Set.of(Attribute.CLASS, Attribute.LABEL)));
        return TokenObject.of(new ObjectId.Unique(tokenSerial, uid.toString()), shown, verified);
    }

    /** Returns the attributes with secret values of their own, which can be zeroed apart. */
    Attributes copyOfAttributes() {
        Attributes.Builder copy = Attributes.builder().setAll(attributes);
        for (Attribute<?> attribute : attributes.present()) {
            if (attributes.find(attribute).orElse(null) instanceof SecretBytes secret) {
                copy.set(attribute.as(AttributeType.BYTES), SecretBytes.copyOf(secret.sharedArray()));
            }
        }
        return copy.build();
    }

    /** Returns an object with secret values of its own. */
    StoredObject copy() {
        return new StoredObject(uid, version, copyOfAttributes(), verified);
    }

    /** Zeroes the secret attributes. */
    void wipe() {
        SecretValues.wipe(attributes);
    }
}
