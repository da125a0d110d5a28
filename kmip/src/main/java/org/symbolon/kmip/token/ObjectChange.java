package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.StandardAttributes;
import org.symbolon.TokenException;
import org.symbolon.kmip.key.UsageFlags;
import org.symbolon.kmip.object.ApplicationSpecificInformation;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.operation.AddAttribute;
import org.symbolon.kmip.operation.ModifyAttribute;

/** A change of an object's attributes (C_SetAttributeValue): checked by PKCS #11's rules, written as KMIP's attributes. */
final class ObjectChange {
    private static final int MODIFIABLE_NOTE = 8;
    private static final int LATCH_TRUE_NOTE = 11;
    private static final int LATCH_FALSE_NOTE = 12;

    private final SessionAccess access;
    private final ServedObject object;

    ObjectChange(SessionAccess access, ServedObject object) {
        this.access = access;
        this.object = object;
    }

    void apply(Attributes changes, Deadline deadline) throws TokenException {
        for (Attribute<?> attribute : changes.present()) {
            check(attribute, changes);
        }
        Attributes changed = object.shown().withAll(changes);
        List<org.symbolon.kmip.object.Attribute<?>> written = new ArrayList<>();
        if (changes.present().stream().anyMatch(StandardAttributes.USES::contains)) {
            written.add(org.symbolon.kmip.object.Attribute.of(
                    AttributeType.CRYPTOGRAPHIC_USAGE_MASK, UsageFlags.mask(changed)));
        }
        flag(changes, Attribute.SENSITIVE, AttributeType.SENSITIVE, written);
        flag(changes, Attribute.EXTRACTABLE, AttributeType.EXTRACTABLE, written);
        if (changes.has(Attribute.LABEL)) {
            label(changes.get(Attribute.LABEL), deadline).ifPresent(written::add);
        }
        if (changes.has(Attribute.ID)) {
            written.add(VendorAttributes.of(VendorAttributes.ID, changes.get(Attribute.ID)));
        }
        Attributes rest = ObjectWriter.rest(changed);
        Optional<Attributes> before = VendorAttributes.rest(object.said());
        if (!before.equals(Optional.of(rest)) && (before.isPresent() || needsRest(changes))) {
            written.add(VendorAttributes.of(VendorAttributes.REST, rest.toBytes()));
        }
        for (org.symbolon.kmip.object.Attribute<?> attribute : written) {
            write(attribute, deadline);
        }
    }

    /** Returns whether something changes that KMIP has no attribute for. */
    private boolean needsRest(Attributes changes) {
        return changes.present().stream()
                .anyMatch(attribute -> !StandardAttributes.USES.contains(attribute)
                        && !attribute.equals(Attribute.LABEL)
                        && !attribute.equals(Attribute.ID)
                        && !isSaid(attribute));
    }

    private boolean isSaid(Attribute<?> attribute) {
        return (attribute.equals(Attribute.SENSITIVE)
                        && object.said().get(AttributeType.SENSITIVE).isPresent())
                || (attribute.equals(Attribute.EXTRACTABLE)
                        && object.said().get(AttributeType.EXTRACTABLE).isPresent());
    }

    private void flag(
            Attributes changes,
            Attribute<Boolean> attribute,
            AttributeType<Boolean> type,
            List<org.symbolon.kmip.object.Attribute<?>> written) {
        if (changes.has(attribute) && object.said().get(type).isPresent()) {
            written.add(org.symbolon.kmip.object.Attribute.of(type, changes.get(attribute)));
        }
    }

    private void check(Attribute<?> attribute, Attributes changes) throws TokenException {
        AttributeTable.Rule rule = AttributeTable.rules(
                        object.objectClass(), object.shown().find(Attribute.KEY_TYPE))
                .get(attribute);
        if (rule == null) {
            throw Refusals.attribute("CKR_ATTRIBUTE_TYPE_INVALID", "the object has no " + attribute);
        }
        if (!object.shown().find(Attribute.MODIFIABLE).orElse(true)) {
            throw Refusals.permission("CKR_ACTION_PROHIBITED", "CKA_MODIFIABLE is false");
        }
        boolean same = changes.find(attribute).equals(object.shown().find(attribute));
        boolean modifiable = rule.footnotes().contains(MODIFIABLE_NOTE)
                || attribute.equals(Attribute.LABEL)
                || attribute.equals(Attribute.ID)
                || rule.footnotes().contains(LATCH_TRUE_NOTE)
                || rule.footnotes().contains(LATCH_FALSE_NOTE);
        if (!modifiable || (!same && isLatched(rule, attribute, changes))) {
            throw Refusals.attribute("CKR_ATTRIBUTE_READ_ONLY", attribute + " is not changed any more");
        }
    }

    /** Refuses a copy that may more than its original. */
    void requireNotLoosened(Attributes changes) throws TokenException {
        for (Attribute<?> attribute : changes.present()) {
            AttributeTable.Rule rule = AttributeTable.rules(
                            object.objectClass(), object.shown().find(Attribute.KEY_TYPE))
                    .get(attribute);
            boolean same = changes.find(attribute).equals(object.shown().find(attribute));
            if (rule != null && !same && isLatched(rule, attribute, changes)) {
                throw Refusals.attribute("CKR_ATTRIBUTE_READ_ONLY", attribute + " is not changed any more");
            }
        }
    }

    private boolean isLatched(AttributeTable.Rule rule, Attribute<?> attribute, Attributes changes) {
        boolean after = Boolean.TRUE.equals(changes.find(attribute).orElse(null));
        return (rule.footnotes().contains(LATCH_TRUE_NOTE) && !after)
                || (rule.footnotes().contains(LATCH_FALSE_NOTE) && after);
    }

    private Optional<org.symbolon.kmip.object.Attribute<?>> label(String label, Deadline deadline)
            throws TokenException {
        boolean application = object.said().all(AttributeType.APPLICATION_SPECIFIC_INFORMATION).stream()
                .map(ApplicationSpecificInformation::applicationNamespace)
                .anyMatch(Labels.NAMESPACE::equals);
        boolean named = object.said().get(AttributeType.NAME).isPresent();
        boolean inApplicationData =
                application || (!named && access.server().memory().labelsAreApplicationData());
        return access.token()
                .labels(access.server())
                .carrier(label, object.objectClass(), inApplicationData, Optional.empty(), deadline);
    }

    /** Writes an attribute over the one that is there, or adds it. */
    private void write(org.symbolon.kmip.object.Attribute<?> attribute, Deadline deadline) throws TokenException {
        int place = place(attribute);
        if (place < 0) {
            access.server().call(new AddAttribute.Request(object.id(), attribute), deadline);
            return;
        }
        boolean one = !access.server().version(deadline).isAtLeast(org.symbolon.kmip.ttlv.KmipVersion.V2_0);
        List<?> values = object.said().all(attribute.type());
        access.server()
                .call(
                        new ModifyAttribute.Request(
                                object.id(),
                                one || values.size() < 2 ? null : current(attribute.type(), values.get(place)),
                                one && place > 0 ? at(attribute, place) : attribute),
                        deadline);
    }

    private static <T> org.symbolon.kmip.object.Attribute<T> at(
            org.symbolon.kmip.object.Attribute<T> attribute, int index) {
        return new org.symbolon.kmip.object.Attribute<>(attribute.type(), index, attribute.value());
    }

    private static <T> org.symbolon.kmip.object.Attribute<T> current(AttributeType<T> type, Object value) {
        return org.symbolon.kmip.object.Attribute.of(type, type.valueClass().cast(value));
    }

    /** Returns which value of its attribute is written over; below 0 if none is. */
    private int place(org.symbolon.kmip.object.Attribute<?> attribute) {
        List<?> values = object.said().all(attribute.type());
        for (int i = 0; i < values.size(); i++) {
            boolean ours = !(values.get(i) instanceof ApplicationSpecificInformation each)
                    || each.applicationNamespace().equals(Labels.NAMESPACE);
            if (ours) {
                return i;
            }
        }
        return -1;
    }
}
