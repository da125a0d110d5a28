package org.symbolon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The data type of an attribute: its Java class and its canonical encoding.
 *
 * <p>The canonical encoding is the same on every machine: one byte for CK_BBOOL, eight bytes big-endian for CK_ULONG
 * and everything made of it, UTF-8 for strings, eight digits for dates, type-length-value for templates. Bytes that
 * are no UTF-8 in a label of a foreign token survive decoding and encoding unchanged.
 *
 * @param <T> the class of the values
 */
public final class AttributeType<T> {
    /** CK_BBOOL: one byte, 0 or 1 (any other value of a foreign token counts as true). */
    public static final AttributeType<Boolean> BOOLEAN = new AttributeType<>(
            "boolean", Boolean.class, v -> new byte[] {(byte) (v ? 1 : 0)}, AttributeType::toBoolean);

    /** CK_ULONG: an unsigned number; all ones is CK_UNAVAILABLE_INFORMATION. */
    public static final AttributeType<Long> ULONG =
            new AttributeType<>("number", Long.class, AttributeType::ofLong, AttributeType::toLong);

    /** Byte array and big integer (unsigned, big-endian). */
    public static final AttributeType<Bytes> BYTES =
            new AttributeType<>("bytes", Bytes.class, Bytes::toByteArray, bytes -> bytes);

    /** RFC 2279 string: UTF-8. */
    public static final AttributeType<String> STRING =
            new AttributeType<>("text", String.class, LosslessUtf8::encode, b -> LosslessUtf8.decode(b.sharedArray()));

    /** CK_DATE: year, month and day as eight digits. An empty date is an absent attribute. */
    public static final AttributeType<LocalDate> DATE =
            new AttributeType<>("date", LocalDate.class, AttributeType::ofDate, AttributeType::toDate);

    /** CK_OBJECT_CLASS. */
    public static final AttributeType<ObjectClass> OBJECT_CLASS = new AttributeType<>(
            "object class", ObjectClass.class, v -> ofLong(v.code()), bytes -> new ObjectClass(toLong(bytes)));

    /** CK_KEY_TYPE. */
    public static final AttributeType<KeyType> KEY_TYPE =
            new AttributeType<>("key type", KeyType.class, v -> ofLong(v.code()), bytes -> new KeyType(toLong(bytes)));

    /** CK_MECHANISM_TYPE. */
    public static final AttributeType<MechanismType> MECHANISM = new AttributeType<>(
            "mechanism", MechanismType.class, v -> ofLong(v.code()), bytes -> new MechanismType(toLong(bytes)));

    /** An array of CK_MECHANISM_TYPE. */
    public static final AttributeType<MechanismSet> MECHANISMS = new AttributeType<>(
            "mechanisms", MechanismSet.class, AttributeType::ofMechanisms, AttributeType::toMechanisms);

    /** An array of attributes: a template inside a template. */
    public static final AttributeType<Template> TEMPLATE = new AttributeType<>(
            "template",
            Template.class,
            v -> AttributeCodec.encode(v.attributes()),
            bytes -> Template.of(AttributeCodec.decode(bytes)));

    private final String name;
    private final Class<T> valueClass;
    private final Function<T, byte[]> encoder;
    private final Function<Bytes, T> decoder;

    private AttributeType(String name, Class<T> valueClass, Function<T, byte[]> encoder, Function<Bytes, T> decoder) {
        this.name = name;
        this.valueClass = valueClass;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /** {@return the type's name in plain words, for messages} */
    public String name() {
        return name;
    }

    /** {@return the class of the values} */
    public Class<T> valueClass() {
        return valueClass;
    }

    /**
     * Returns the canonical encoding of a value.
     *
     * @param value the value
     * @return a new array, which belongs to the caller
     */
    public byte[] encode(T value) {
        return encoder.apply(value);
    }

    /**
     * Returns the value of a canonical encoding.
     *
     * @param encoding the encoding
     * @return the value
     * @throws IllegalArgumentException if the encoding is not of this type; the message says why
     */
    public T decode(Bytes encoding) {
        return decoder.apply(encoding);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Boolean toBoolean(Bytes bytes) {
        if (bytes.length() != 1) {
            throw new IllegalArgumentException("a boolean has 1 byte, not " + bytes.length());
        }
        return bytes.sharedArray()[0] != 0;
    }

    private static byte[] ofLong(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static long toLong(Bytes bytes) {
        if (bytes.length() != Long.BYTES) {
            throw new IllegalArgumentException("a number has 8 bytes, not " + bytes.length());
        }
        return bytes.toByteBuffer().getLong();
    }

    private static byte[] ofDate(LocalDate date) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(date).getBytes(StandardCharsets.US_ASCII);
    }

    private static LocalDate toDate(Bytes bytes) {
        String digits = new String(bytes.sharedArray(), StandardCharsets.US_ASCII);
        try {
            return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a date has 8 digits, year first", e);
        }
    }

    private static byte[] ofMechanisms(MechanismSet mechanisms) {
        ByteBuffer buffer = ByteBuffer.allocate(mechanisms.types().size() * Long.BYTES);
        mechanisms.types().stream().mapToLong(MechanismType::code).sorted().forEach(buffer::putLong);
        return buffer.array();
    }

    private static MechanismSet toMechanisms(Bytes bytes) {
        if (bytes.length() % Long.BYTES != 0) {
            throw new IllegalArgumentException("mechanisms have 8 bytes each, " + bytes.length() + " do not divide");
        }
        ByteBuffer buffer = bytes.toByteBuffer();
        Set<MechanismType> types = new LinkedHashSet<>();
        while (buffer.hasRemaining()) {
            types.add(new MechanismType(buffer.getLong()));
        }
        return new MechanismSet(types);
    }
}
