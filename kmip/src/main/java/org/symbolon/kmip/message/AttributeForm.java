package org.symbolon.kmip.message;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** One attribute: name, index and value in KMIP 1.x; in 2.x an item of its own, or vendor, name and value. */
final class AttributeForm implements ValueForm {
    static final Tag ATTRIBUTE = Tag.named("Attribute");
    private static final Tag INDEX = Tag.named("AttributeIndex");
    private static final Tag VALUE = Tag.named("AttributeValue");

    /** Writes one that a field holds: the attribute itself in KMIP 1.x, a structure round it in 2.x. */
    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        Attribute<?> attribute = (Attribute<?>) value;
        if (tag.equals(ATTRIBUTE)) {
            versionOne(attribute, version, out);
            return;
        }
        int begun = out.begin(tag);
        versionTwo(attribute, version, out);
        out.end(begun);
    }

    static void versionOne(Attribute<?> attribute, KmipVersion version, TtlvEncoder out) {
        AttributeType<?> type = attribute.type();
        if (type.tag().isPresent() && !type.tag().get().isIn(version)) {
            throw lacks(type, version);
        }
        int begun = out.begin(ATTRIBUTE);
        out.text(AttributeTypeForm.NAME, AttributeTypeForm.versionOneName(type, version));
        if (attribute.index() != null) {
            out.integer(INDEX, attribute.index());
        }
        value(type.tag().orElse(VALUE), VALUE, attribute, version, out);
        out.end(begun);
    }

    static void versionTwo(Attribute<?> attribute, KmipVersion version, TtlvEncoder out) {
        AttributeType<?> type = attribute.type();
        if (type.tag().isPresent()) {
            Tag tag = type.tag().get();
            if (tag.isStandard() && !tag.isIn(version)) {
                throw lacks(type, version);
            }
            value(tag, tag, attribute, version, out);
            return;
        }
        int begun = out.begin(ATTRIBUTE);
        out.text(AttributeTypeForm.VENDOR, type.vendor());
        out.text(AttributeTypeForm.NAME, type.name());
        value(VALUE, VALUE, attribute, version, out);
        out.end(begun);
    }

    private static NotInVersionException lacks(AttributeType<?> type, KmipVersion version) {
        return new NotInVersionException("KMIP " + version + " has no attribute " + type + "; "
                + type.tag().map(Tag::versions).orElse("no version") + " has it");
    }

    /** Writes a value as the item that one tag means, under another tag. */
    private static void value(Tag meant, Tag tag, Attribute<?> attribute, KmipVersion version, TtlvEncoder out) {
        int offset = out.length();
        ValueForms.of(attribute.type().valueClass()).write(meant, attribute.value(), version, out);
        out.retag(offset, tag);
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        int start = item.offset();
        boolean named = item.tagCode() == ATTRIBUTE.code();
        @Nullable Attribute<?> attribute = null;
        if (named) {
            attribute = named(item, context);
        } else {
            int outer = item.enter();
            for (int count = 0; item.next(); count++) {
                if (count > 0) {
                    throw item.malformed(start, "it holds one attribute, not more");
                }
                attribute = versionTwo(item, context);
            }
            item.leave(outer);
        }
        if (attribute == null) {
            throw item.malformed(start, "an attribute has no " + VALUE);
        }
        return attribute;
    }

    /** {@return the attribute of an item that stands among others in KMIP 2.x; null if it has no value} */
    static @Nullable Attribute<?> versionTwo(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        return item.tagCode() == ATTRIBUTE.code()
                ? named(item, context)
                : read(AttributeType.ofTag(item.tag()), null, item, context);
    }

    /** {@return the attribute of a structure with its name; null if it has no value, as in a notification} */
    static @Nullable Attribute<?> named(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        AttributeType<?> type = item.field(AttributeTypeForm.VENDOR) != null
                ? AttributeTypeForm.vendors(item)
                : AttributeType.ofName(item.require(AttributeTypeForm.NAME).text());
        @Nullable TtlvCursor value = item.field(VALUE);
        if (value == null) {
            return null;
        }
        @Nullable TtlvCursor index = item.field(INDEX);
        return read(type, index == null ? null : index.integer(), value, context);
    }

    private static <T> Attribute<T> read(
            AttributeType<T> type, @Nullable Integer index, TtlvCursor item, ReadContext context)
            throws MalformedTtlvException {
        Object value = ValueForms.of(type.valueClass()).read(item, context);
        return new Attribute<>(type, index, type.valueClass().cast(value));
    }
}
