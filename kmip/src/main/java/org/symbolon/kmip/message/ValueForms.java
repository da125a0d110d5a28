package org.symbolon.kmip.message;

import java.lang.reflect.Constructor;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.AsynchronousIndicator;
import org.symbolon.kmip.enumeration.KmipEnumeration;
import org.symbolon.kmip.enumeration.KmipMask;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.ItemType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** The form of each class that fields may have. */
final class ValueForms {
    private static final Map<Class<?>, ValueForm> SIMPLE = simple();

    private static final ClassValue<ValueForm> FORMS = new ClassValue<>() {
        @Override
        protected ValueForm computeValue(Class<?> type) {
            return make(type);
        }
    };

    private ValueForms() {}

    /** {@return the form of a class} */
    static ValueForm of(Class<?> type) {
        return FORMS.get(type);
    }

    private static ValueForm make(Class<?> type) {
        ValueForm simple = SIMPLE.get(type);
        if (simple != null) {
            return simple;
        }
        if (KmipEnumeration.class.isAssignableFrom(type)) {
            return new EnumerationForm(constructor(type), type == AsynchronousIndicator.class);
        }
        if (KmipMask.class.isAssignableFrom(type)) {
            return new MaskForm(constructor(type));
        }
        if (type.isRecord()) {
            return new RecordForm(type);
        }
        throw new AssertionError("no field is a " + type);
    }

    private static Map<Class<?>, ValueForm> simple() {
        Map<Class<?>, ValueForm> forms = new HashMap<>();
        forms.put(String.class, new StringForm());
        forms.put(Bytes.class, new BytesForm());
        forms.put(SecretBytes.class, new SecretTextForm());
        forms.put(Integer.class, new IntegerForm());
        forms.put(Long.class, new LongForm());
        forms.put(Boolean.class, new BooleanForm());
        forms.put(BigInteger.class, new BigIntegerForm());
        forms.put(Instant.class, new InstantForm());
        forms.put(Duration.class, new DurationForm());
        forms.put(Ttlv.class, new ItemForm());
        forms.put(KmipVersion.class, new VersionForm());
        forms.put(UniqueIdentifier.class, new UniqueIdentifierForm());
        forms.put(AttributeType.class, new AttributeTypeForm());
        forms.put(Attribute.class, new AttributeForm());
        forms.put(Attributes.class, new AttributesForm());
        forms.put(ManagedObject.class, new ManagedObjectForm());
        forms.put(Credential.class, new CredentialForm());
        forms.put(KeyBlock.class, new KeyBlockForm());
        forms.put(KeyValue.class, new KeyValueForm());
        forms.put(KeyMaterial.class, new KeyMaterialForm());
        return forms;
    }

    private static Constructor<?> constructor(Class<?> type) {
        try {
            return type.getDeclaredConstructor(int.class);
        } catch (NoSuchMethodException e) {
            throw new LinkageError(type + " has no constructor of a number", e);
        }
    }

    /** {@return an item as the class of its type} */
    static <T extends Ttlv> T as(Class<T> type, Ttlv item) throws MalformedTtlvException {
        if (!type.isInstance(item)) {
            throw unexpected(item, type.getSimpleName());
        }
        return type.cast(item);
    }

    static MalformedTtlvException unexpected(Ttlv item, String expected) {
        return new MalformedTtlvException(
                item.tag() + " is of type " + item.type().xmlName() + ", where " + expected + " belongs", item);
    }

    private static Object made(Constructor<?> constructor, int value) {
        try {
            return constructor.newInstance(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("values of enumerations take any number", e);
        }
    }

    private record EnumerationForm(Constructor<?> constructor, boolean wasBoolean) implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            int number = ((KmipEnumeration) value).value();
            ItemType type = tag.typeIn(version).orElse(ItemType.ENUMERATION);
            if (wasBoolean && type == ItemType.BOOLEAN) {
                return new Ttlv.Bool(tag, number != AsynchronousIndicator.PROHIBITED.value());
            }
            return type == ItemType.INTEGER ? new Ttlv.Int(tag, number) : new Ttlv.Enumerated(tag, number);
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            if (wasBoolean && item instanceof Ttlv.Bool flag) {
                return flag.value() ? AsynchronousIndicator.OPTIONAL : AsynchronousIndicator.PROHIBITED;
            }
            return made(
                    constructor,
                    item instanceof Ttlv.Int number
                            ? number.value()
                            : as(Ttlv.Enumerated.class, item).value());
        }
    }

    private record MaskForm(Constructor<?> constructor) implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return new Ttlv.Int(tag, ((KmipMask) value).value());
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return made(constructor, as(Ttlv.Int.class, item).value());
        }
    }

    private static final class StringForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return Ttlv.Text.of(tag, (String) value);
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return as(Ttlv.Text.class, item).value();
        }
    }

    private static final class BytesForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return new Ttlv.Octets(tag, (Bytes) value);
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return as(Ttlv.Octets.class, item).value();
        }
    }

    /** Passwords: texts that are no String. */
    private static final class SecretTextForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return new Ttlv.Text(tag, (SecretBytes) value);
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            Bytes text = as(Ttlv.Text.class, item).utf8();
            return text instanceof SecretBytes ? text : SecretBytes.copyOf(text.sharedArray());
        }
    }

    private static final class IntegerForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return tag.typeIn(version).orElse(ItemType.INTEGER) == ItemType.ENUMERATION
                    ? new Ttlv.Enumerated(tag, (Integer) value)
                    : new Ttlv.Int(tag, (Integer) value);
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return item instanceof Ttlv.Enumerated number
                    ? number.value()
                    : as(Ttlv.Int.class, item).value();
        }
    }

    private static final class LongForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return new Ttlv.LongInt(tag, (Long) value);
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return as(Ttlv.LongInt.class, item).value();
        }
    }

    private static final class BooleanForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return new Ttlv.Bool(tag, (Boolean) value);
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return as(Ttlv.Bool.class, item).value();
        }
    }

    private static final class BigIntegerForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return Ttlv.BigInt.of(tag, (BigInteger) value);
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return as(Ttlv.BigInt.class, item).value();
        }
    }

    private static final class InstantForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            Instant moment = (Instant) value;
            return tag.typeIn(version).orElse(ItemType.DATE_TIME) == ItemType.DATE_TIME_EXTENDED
                    ? new Ttlv.DateTimeExtended(tag, ChronoUnit.MICROS.between(Instant.EPOCH, moment))
                    : new Ttlv.DateTime(tag, moment.getEpochSecond());
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            if (item instanceof Ttlv.DateTimeExtended extended) {
                return extended.value();
            }
            long seconds = as(Ttlv.DateTime.class, item).seconds();
            if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
                throw new MalformedTtlvException(item.tag() + " is a moment beyond all years", item);
            }
            return Instant.ofEpochSecond(seconds);
        }
    }

    private static final class DurationForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return new Ttlv.Interval(tag, ((Duration) value).toSeconds());
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return Duration.ofSeconds(as(Ttlv.Interval.class, item).seconds());
        }
    }

    /** What is kept as it is. */
    private static final class ItemForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            return (Ttlv) value;
        }

        @Override
        public Object read(Ttlv item, ReadContext context) {
            return item;
        }
    }

    private static final class VersionForm implements ValueForm {
        private static final Tag MAJOR = Tag.named("ProtocolVersionMajor");
        private static final Tag MINOR = Tag.named("ProtocolVersionMinor");

        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            KmipVersion written = (KmipVersion) value;
            return Ttlv.Structure.of(tag, new Ttlv.Int(MAJOR, written.major()), new Ttlv.Int(MINOR, written.minor()));
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            Ttlv.Structure fields = as(Ttlv.Structure.class, item);
            int major = number(fields, MAJOR);
            int minor = number(fields, MINOR);
            if (major < 0 || minor < 0) {
                throw new MalformedTtlvException(item.tag() + " has a negative number", item);
            }
            return new KmipVersion(major, minor);
        }

        private static int number(Ttlv.Structure fields, Tag tag) throws MalformedTtlvException {
            return as(
                            Ttlv.Int.class,
                            fields.field(tag)
                                    .orElseThrow(() -> new MalformedTtlvException(fields.tag() + " has no " + tag)))
                    .value();
        }
    }

    private static final class UniqueIdentifierForm implements ValueForm {
        @Override
        public Ttlv write(Tag tag, Object value, KmipVersion version) {
            if (value instanceof UniqueIdentifier.Text text) {
                return Ttlv.Text.of(tag, text.text());
            }
            if (!version.isAtLeast(KmipVersion.V2_0)) {
                throw new NotInVersionException(tag + " is a text in KMIP " + version + "; references came with 2.0");
            }
            return value instanceof UniqueIdentifier.Reference reference
                    ? new Ttlv.Enumerated(tag, reference.operation().value())
                    : new Ttlv.Int(tag, ((UniqueIdentifier.Position) value).item());
        }

        @Override
        public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
            return switch (item.type()) {
                case ENUMERATION ->
                    new UniqueIdentifier.Reference(new UniqueIdentifierReference(((Ttlv.Enumerated) item).value()));
                case INTEGER -> new UniqueIdentifier.Position(((Ttlv.Int) item).value());
                default -> new UniqueIdentifier.Text(as(Ttlv.Text.class, item).value());
            };
        }
    }
}
