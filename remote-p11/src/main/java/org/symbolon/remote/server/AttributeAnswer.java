package org.symbolon.remote.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenObject;

/**
 * What C_GetAttributeValue answers: every attribute that was asked for, in the order of the question, and one return value for
 * all of them (PKCS #11 v3.2 section 5.7.5).
 *
 * @param entries what became of each
 * @param values the values of those that are here
 * @param returnValue CKR_OK, CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID or CKR_BUFFER_TOO_SMALL
 */
record AttributeAnswer(List<Entry> entries, Attributes values, Status returnValue) implements AutoCloseable {
    private static final long UNAVAILABLE = -1; // CK_UNAVAILABLE_INFORMATION
    private static final Status OK = Status.ckr("CKR_OK");
    private static final Status SENSITIVE = Status.ckr("CKR_ATTRIBUTE_SENSITIVE");
    private static final Status TYPE_INVALID = Status.ckr("CKR_ATTRIBUTE_TYPE_INVALID");
    private static final Status TOO_SMALL = Status.ckr("CKR_BUFFER_TOO_SMALL");
    private static final int NATIVE_ATTRIBUTE_BYTES = 24; // a CK_ATTRIBUTE of a 64-bit C program
    private static final int NATIVE_NUMBER_BYTES = 8;

    AttributeAnswer {
        entries = List.copyOf(entries);
    }

    /**
     * What became of one attribute.
     *
     * @param attribute the attribute
     * @param length the length of its value in a C program of 64 bits, -1 if there is none to be had
     * @param delivered whether the value fits into the caller's buffer; it is among the answer's values unless it is empty
     */
    record Entry(Attribute<?> attribute, long length, boolean delivered) {
        boolean isAvailable() {
            return length != UNAVAILABLE;
        }
    }

    static AttributeAnswer of(TokenObject object, List<AttributeBuffer> wanted, Attributes values) {
        List<Entry> entries = new ArrayList<>();
        Set<Attribute<?>> empty = emptyByDefault(object, wanted, values);
        Status worst = OK;
        for (AttributeBuffer buffer : wanted) {
            Attribute<?> attribute = buffer.attribute();
            Entry entry = new Entry(attribute, UNAVAILABLE, false);
            Status status = OK;
            if (values.has(attribute) || empty.contains(attribute)) {
                long length = values.has(attribute) ? nativeLength(attribute, values) : 0;
                boolean asked = buffer.capacity().isPresent();
                boolean fits = asked && length <= buffer.capacity().getAsInt();
                entry = new Entry(attribute, asked && !fits ? UNAVAILABLE : length, fits);
                status = asked && !fits ? TOO_SMALL : OK;
            } else {
                status = values.isSensitive(attribute) ? SENSITIVE : TYPE_INVALID;
            }
            entries.add(entry);
            worst = worst.equals(OK) ? status : worst;
        }
        return new AttributeAnswer(entries, values, worst);
    }

    /** Returns the attributes that have no value, but by PKCS #11's default an empty one. */
    private static Set<Attribute<?>> emptyByDefault(
            TokenObject object, List<AttributeBuffer> wanted, Attributes values) {
        List<? extends Attribute<?>> absent = wanted.stream()
                .map(AttributeBuffer::attribute)
                .filter(attribute -> !values.has(attribute) && !values.isSensitive(attribute))
                .toList();
        if (absent.isEmpty()) {
            return Set.of();
        }
        Optional<KeyType> keyType = object instanceof KeyObject key ? Optional.of(key.keyType()) : Optional.empty();
        Map<Attribute<?>, AttributeTable.Rule> rules = AttributeTable.rules(object.objectClass(), keyType);
        return absent.stream()
                .filter(attribute -> rules.containsKey(attribute)
                        && rules.get(attribute).defaultText().equals("empty"))
                .collect(Collectors.toSet());
    }

    static long nativeLength(Attribute<?> attribute, Attributes values) {
        if (attribute.type().equals(AttributeType.TEMPLATE)) {
            return (long) NATIVE_ATTRIBUTE_BYTES
                    * values.get(attribute.as(AttributeType.TEMPLATE))
                            .attributes()
                            .present()
                            .size();
        } else if (attribute.type().equals(AttributeType.MECHANISMS)) {
            return (long) NATIVE_NUMBER_BYTES
                    * values.get(attribute.as(AttributeType.MECHANISMS)).types().size();
        } else if (attribute.type().equals(AttributeType.BYTES)) {
            return values.get(attribute.as(AttributeType.BYTES)).length();
        }
        return values.encoded(attribute).length; // the canonical encoding is as long as the native one
    }

    /** Zeroes secret values. */
    @Override
    public void close() {
        for (Attribute<?> attribute : values.present()) {
            if (values.find(attribute).orElse(null) instanceof SecretBytes secret) {
                secret.close();
            }
        }
    }
}
