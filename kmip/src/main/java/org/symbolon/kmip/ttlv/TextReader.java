package org.symbolon.kmip.ttlv;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes items of what XML and JSON say. */
final class TextReader {
    private static final String ATTRIBUTE_VALUE = "AttributeValue";
    private static final int HEX = 16;
    private static final int HEX_PREFIX = 2;
    private static final int MAX_NUMBER_DIGITS = 20_000;

    private final TextEncoding encoding;

    TextReader(TextEncoding encoding) {
        this.encoding = encoding;
    }

    Ttlv read(TextItem item) throws MalformedTtlvException {
        return read(item, null);
    }

    private Ttlv read(TextItem item, @Nullable TextItem parent) throws MalformedTtlvException {
        Tag tag = tag(item.tag());
        String typeName = item.type() == null ? ItemType.STRUCTURE.xmlName() : item.type();
        ItemType type = ItemType.ofXmlName(typeName);
        if (type == null) {
            throw malformed(item, "its type is none of KMIP's");
        }
        if (type == ItemType.STRUCTURE) {
            List<Ttlv> fields = new ArrayList<>();
            for (TextItem field : item.fields()) {
                fields.add(read(field, item));
            }
            return new Ttlv.Structure(tag, fields);
        }
        String value = item.value();
        if (value == null || !item.fields().isEmpty()) {
            throw malformed(item, "a " + typeName + " has one value");
        }
        try {
            return value(tag, type, value, context(tag, parent));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw malformed(item, "its value is no " + typeName + problemOf(e));
        }
    }

    /** {@return our own words on a value; those of the JDK repeat the value, which may be secret} */
    private static String problemOf(RuntimeException e) {
        return e instanceof UnknownName ? ": " + e.getMessage() : "";
    }

    private Ttlv value(Tag tag, ItemType type, String value, Optional<ValueTable> names) {
        return switch (type) {
            case STRUCTURE -> throw new AssertionError("a structure has fields");
            case INTEGER -> new Ttlv.Int(tag, integer(value, names));
            case LONG_INTEGER -> new Ttlv.LongInt(tag, longInteger(value));
            case BIG_INTEGER -> bigInteger(tag, value);
            case ENUMERATION -> new Ttlv.Enumerated(tag, enumeration(value, names));
            case BOOLEAN -> new Ttlv.Bool(tag, bool(value));
            case TEXT_STRING -> Ttlv.Text.of(tag, value);
            case BYTE_STRING ->
                new Ttlv.Octets(tag, SecretTags.hold(tag, HexFormat.of().parseHex(value)));
            case DATE_TIME ->
                new Ttlv.DateTime(
                        tag, isHex(value) ? longInteger(value) : instant(value).getEpochSecond());
            case INTERVAL -> new Ttlv.Interval(tag, interval(value));
            case DATE_TIME_EXTENDED -> new Ttlv.DateTimeExtended(tag, micros(value));
        };
    }

    private static Tag tag(String name) throws MalformedTtlvException {
        Optional<Tag> known = Tag.ofXmlName(name);
        if (known.isPresent()) {
            return known.get();
        }
        if (name.matches("0x[0-9A-Fa-f]{6}")) {
            return Tag.of(Integer.parseInt(name.substring(HEX_PREFIX), HEX));
        }
        throw new MalformedTtlvException("KMIP has no tag " + shortened(name));
    }

    /** {@return the names that a value may come from; of a KMIP 1 attribute's value, the attribute's} */
    private static Optional<ValueTable> context(Tag tag, @Nullable TextItem parent) {
        if (parent != null && tag.xmlName().equals(ATTRIBUTE_VALUE)) {
            String attribute = parent.valueOf("AttributeName");
            return attribute == null
                    ? Optional.empty()
                    : Tag.ofTitle(attribute.strip().replaceAll("\\s+", " ")).flatMap(ValueTable::ofTag);
        }
        return ValueTable.ofTag(tag);
    }

    private static int integer(String value, Optional<ValueTable> names) {
        if (isHex(value)) {
            return Integer.parseUnsignedInt(value.substring(HEX_PREFIX), HEX);
        }
        if (names.isPresent() && names.get().isMask() && !value.isEmpty() && !isDecimal(value)) {
            int mask = 0;
            for (String each : value.strip().split("[\\s|]+", -1)) {
                mask |= enumeration(each, names);
            }
            return mask;
        }
        return Integer.parseInt(value);
    }

    private static int enumeration(String value, Optional<ValueTable> names) {
        if (isHex(value)) {
            return Integer.parseUnsignedInt(value.substring(HEX_PREFIX), HEX);
        }
        if (isDecimal(value)) {
            return Integer.parseUnsignedInt(value);
        }
        OptionalInt number = names.isPresent() ? names.get().number(value.strip()) : OptionalInt.empty();
        return number.orElseThrow(() ->
                new UnknownName(names.map(table -> "it is none of " + table.name() + "; write it as 0x and 8 digits")
                        .orElse("its values have no names; write it as 0x and 8 digits")));
    }

    private static long longInteger(String value) {
        return isHex(value) ? Long.parseUnsignedLong(value.substring(HEX_PREFIX), HEX) : Long.parseLong(value);
    }

    private Ttlv bigInteger(Tag tag, String value) {
        if (isHex(value) || encoding == TextEncoding.XML) {
            byte[] content = HexFormat.of().parseHex(isHex(value) ? value.substring(HEX_PREFIX) : value);
            if (content.length == 0) {
                throw new IllegalArgumentException("no digits");
            }
            return new Ttlv.BigInt(tag, SecretTags.hold(tag, content));
        }
        if (value.length() > MAX_NUMBER_DIGITS) {
            throw new IllegalArgumentException("too many digits");
        }
        return Ttlv.BigInt.of(tag, new BigInteger(value));
    }

    private static boolean bool(String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> {
                long number = isHex(value) ? longInteger(value) : -1;
                if (number != 0 && number != 1) {
                    throw new IllegalArgumentException("neither true nor false");
                }
                yield number == 1;
            }
        };
    }

    private static Instant instant(String value) {
        return OffsetDateTime.parse(value).toInstant();
    }

    private static long micros(String value) {
        if (isHex(value) || isDecimal(value)) {
            return longInteger(value);
        }
        Instant moment = instant(value);
        return Math.addExact(
                Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.get(ChronoField.MICRO_OF_SECOND));
    }

    private static long interval(String value) {
        return isHex(value) ? Integer.toUnsignedLong(integer(value, Optional.empty())) : Long.parseLong(value);
    }

    private static boolean isHex(String value) {
        return value.startsWith("0x");
    }

    private static boolean isDecimal(String value) {
        return !value.isEmpty()
                && value.chars().skip(value.charAt(0) == '-' ? 1 : 0).allMatch(c -> c >= '0' && c <= '9');
    }

    private static MalformedTtlvException malformed(TextItem item, String problem) {
        return new MalformedTtlvException(shortened(item.tag()) + ": " + problem);
    }

    private static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }

    /** A name that no table has. Its message does not repeat the name. */
    private static final class UnknownName extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        UnknownName(String message) {
            super(message);
        }
    }
}
