package org.symbolon.kmip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** One attribute: name, index and value in KMIP 1.x; in 2.x an item of its own, or vendor, name and value. */
final class AttributeForm implements ValueForm {
    static final Tag ATTRIBUTE = Tag.named("Attribute");
    private static final Tag INDEX = Tag.named("AttributeIndex");
    private static final Tag VALUE = Tag.named("AttributeValue");

    /** Writes one that a field holds: the attribute itself in KMIP 1.x, a structure round it in 2.x. */
    @Override
    public Ttlv write(Tag tag, Object value, KmipVersion version) {
        Attribute<?> attribute = (Attribute<?>) value;
        return tag.equals(ATTRIBUTE)
                ? versionOne(attribute, version)
                : Ttlv.Structure.of(tag, versionTwo(attribute, version));
    }

    static Ttlv versionOne(Attribute<?> attribute, KmipVersion version) {
        AttributeType<?> type = attribute.type();
        if (type.tag().isPresent() && !type.tag().get().isIn(version)) {
            throw lacks(type, version);
        }
        List<Ttlv> fields = new ArrayList<>();
        fields.add(Ttlv.Text.of(AttributeTypeForm.NAME, AttributeTypeForm.versionOneName(type, version)));
        if (attribute.index() != null) {
            fields.add(new Ttlv.Int(INDEX, attribute.index()));
        }
        fields.add(retagged(VALUE, value(type.tag().orElse(VALUE), attribute, version)));
        return new Ttlv.Structure(ATTRIBUTE, fields);
    }

    static Ttlv versionTwo(Attribute<?> attribute, KmipVersion version) {
        AttributeType<?> type = attribute.type();
        if (type.tag().isPresent()) {
            Tag tag = type.tag().get();
            if (tag.isStandard() && !tag.isIn(version)) {
                throw lacks(type, version);
            }
            return retagged(tag, value(tag, attribute, version));
        }
        return Ttlv.Structure.of(
                ATTRIBUTE,
                Ttlv.Text.of(AttributeTypeForm.VENDOR, type.vendor()),
                Ttlv.Text.of(AttributeTypeForm.NAME, type.name()),
                retagged(VALUE, value(VALUE, attribute, version)));
    }

    private static NotInVersionException lacks(AttributeType<?> type, KmipVersion version) {
        return new NotInVersionException("KMIP " + version + " has no attribute " + type + "; "
                + type.tag().map(Tag::versions).orElse("no version") + " has it");
    }

    private static Ttlv value(Tag tag, Attribute<?> attribute, KmipVersion version) {
        return ValueForms.of(attribute.type().valueClass()).write(tag, attribute.value(), version);
    }

    private static Ttlv retagged(Tag tag, Ttlv item) {
        if (item.tag().equals(tag)) {
            return item;
        }
        return switch (item.type()) {
            case STRUCTURE -> new Ttlv.Structure(tag, ((Ttlv.Structure) item).fields());
            case INTEGER -> new Ttlv.Int(tag, ((Ttlv.Int) item).value());
            case LONG_INTEGER -> new Ttlv.LongInt(tag, ((Ttlv.LongInt) item).value());
            case BIG_INTEGER -> new Ttlv.BigInt(tag, ((Ttlv.BigInt) item).content());
            case ENUMERATION -> new Ttlv.Enumerated(tag, ((Ttlv.Enumerated) item).value());
            case BOOLEAN -> new Ttlv.Bool(tag, ((Ttlv.Bool) item).value());
            case TEXT_STRING -> new Ttlv.Text(tag, ((Ttlv.Text) item).utf8());
            case BYTE_STRING -> new Ttlv.Octets(tag, ((Ttlv.Octets) item).value());
            case DATE_TIME -> new Ttlv.DateTime(tag, ((Ttlv.DateTime) item).seconds());
            case INTERVAL -> new Ttlv.Interval(tag, ((Ttlv.Interval) item).seconds());
            case DATE_TIME_EXTENDED -> new Ttlv.DateTimeExtended(tag, ((Ttlv.DateTimeExtended) item).micros());
        };
    }

    @Override
    public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
        Ttlv.Structure structure = ValueForms.as(Ttlv.Structure.class, item);
        if (structure.tag().equals(ATTRIBUTE)) {
            return named(structure, context)
                    .orElseThrow(() -> new MalformedTtlvException(ATTRIBUTE + " has no " + VALUE));
        }
        if (structure.fields().size() != 1) {
            throw new MalformedTtlvException(item.tag() + " holds one attribute, not "
                    + structure.fields().size());
        }
        return versionTwo(structure.fields().get(0), context)
                .orElseThrow(() -> new MalformedTtlvException(ATTRIBUTE + " has no " + VALUE));
    }

    /** {@return the attribute of an item that stands among others in KMIP 2.x; empty if it has no value} */
    static Optional<Attribute<?>> versionTwo(Ttlv item, ReadContext context) throws MalformedTtlvException {
        return item.tag().equals(ATTRIBUTE)
                ? named(ValueForms.as(Ttlv.Structure.class, item), context)
                : Optional.of(read(AttributeType.ofTag(item.tag()), null, item, context));
    }

    /** {@return the attribute of a structure with its name; empty if it has no value, as in a notification} */
    static Optional<Attribute<?>> named(Ttlv.Structure item, ReadContext context) throws MalformedTtlvException {
        AttributeType<?> type = item.field(AttributeTypeForm.VENDOR).isPresent()
                ? AttributeTypeForm.vendors(item)
                : AttributeType.ofName(AttributeTypeForm.text(item, AttributeTypeForm.NAME));
        Optional<Ttlv> value = item.field(VALUE);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<Ttlv> index = item.field(INDEX);
        Integer number =
                index.isPresent() ? ValueForms.as(Ttlv.Int.class, index.get()).value() : null;
        return Optional.of(read(type, number, value.get(), context));
    }

    private static <T> Attribute<T> read(
            AttributeType<T> type, @org.jspecify.annotations.Nullable Integer index, Ttlv item, ReadContext context)
            throws MalformedTtlvException {
        Object value = ValueForms.of(type.valueClass()).read(item, context);
        return new Attribute<>(type, index, type.valueClass().cast(value));
    }
}
