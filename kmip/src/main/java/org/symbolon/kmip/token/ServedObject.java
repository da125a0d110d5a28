package org.symbolon.kmip.token;

import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.UniqueIdentifier;

/**
 * An object as it is on the server.
 *
 * @param id its Unique Identifier
 * @param said its KMIP attributes, as far as they are asked for
 * @param shown its PKCS #11 attributes without the secret ones
 */
record ServedObject(UniqueIdentifier id, org.symbolon.kmip.object.Attributes said, Attributes shown) {
    ObjectClass objectClass() {
        return shown.get(Attribute.CLASS);
    }

    boolean isPrivate() {
        return shown.isTrue(Attribute.PRIVATE);
    }

    State state() {
        return said.get(AttributeType.STATE).orElse(State.ACTIVE);
    }

    /** Returns whether the key may leave the server for the eyes of its user. */
    boolean showsSecrets() {
        return shown.isTrue(Attribute.EXTRACTABLE) && !shown.isTrue(Attribute.SENSITIVE);
    }

    /** Returns whether an attribute is a secret part of this object. */
    boolean isSecret(Attribute<?> attribute) {
        AttributeTable.Rule rule = AttributeTable.rules(objectClass(), shown.find(Attribute.KEY_TYPE))
                .get(attribute);
        boolean key =
                objectClass().equals(ObjectClass.PRIVATE_KEY) || objectClass().equals(ObjectClass.SECRET_KEY);
        return key && rule != null && rule.secret();
    }

    /** Returns the object with the attributes that are wanted, without secret ones. */
    TokenObject toTokenObject(String tokenSerial, Set<Attribute<?>> wanted) {
        Attributes.Builder selected = Attributes.builder();
        for (Attribute<?> attribute : wanted) {
            select(selected, attribute);
        }
        select(selected, Attribute.CLASS);
        select(selected, Attribute.LABEL);
        return TokenObject.of(new ObjectId.Unique(tokenSerial, id.text()), selected.build(), true);
    }

    private <T> void select(Attributes.Builder selected, Attribute<T> attribute) {
        Optional<T> value = shown.find(attribute);
        if (value.isPresent()) {
            selected.set(attribute, value.get());
        } else if (isSecret(attribute) && !showsSecrets()) {
            selected.setSensitive(attribute);
        }
    }
}
