package org.symbolon.kmip.ttlv;

import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says items in the words of XML and JSON. */
final class TextWriter {
    private static final long FIRST_YEAR_SECONDS = -62_135_596_800L;
    private static final long LAST_YEAR_SECONDS = 253_402_300_799L;

    private final TextEncoding encoding;

    TextWriter(TextEncoding encoding) {
        this.encoding = encoding;
    }

    TextItem write(Ttlv item) {
        return write(item, null);
    }

    private TextItem write(Ttlv item, Ttlv.@Nullable Structure parent) {
        String tag = item.tag().xmlName();
        if (item instanceof Ttlv.Structure structure) {
            List<TextItem> fields = new ArrayList<>();
            structure.fields().forEach(field -> fields.add(write(field, structure)));
            return new TextItem(tag, null, null, fields);
        }
        return new TextItem(tag, item.type().xmlName(), value(item, parent), List.of());
    }

    private String value(Ttlv item, Ttlv.@Nullable Structure parent) {
        return switch (item.type()) {
            case STRUCTURE -> throw new AssertionError("a structure has fields");
            case INTEGER -> integer(((Ttlv.Int) item).value(), context(item.tag(), parent));
            case LONG_INTEGER -> longInteger(((Ttlv.LongInt) item).value());
            case BIG_INTEGER -> bigInteger((Ttlv.BigInt) item);
            case ENUMERATION -> enumeration(((Ttlv.Enumerated) item).value(), context(item.tag(), parent));
            case BOOLEAN -> Boolean.toString(((Ttlv.Bool) item).value());
            case TEXT_STRING -> ((Ttlv.Text) item).value();
            case BYTE_STRING -> ((Ttlv.Octets) item).value().toHex();
            case DATE_TIME -> dateTime(((Ttlv.DateTime) item).seconds());
            case INTERVAL -> Long.toString(((Ttlv.Interval) item).seconds());
            case DATE_TIME_EXTENDED -> dateTimeExtended((Ttlv.DateTimeExtended) item);
        };
    }

    private static Optional<ValueTable> context(Tag tag, Ttlv.@Nullable Structure parent) {
        if (parent != null && tag.equals(AttributeTags.VALUE)) {
            return parent.field(AttributeTags.NAME)
                    .filter(Ttlv.Text.class::isInstance)
                    .flatMap(name -> Tag.ofTitle(((Ttlv.Text) name).value()))
                    .flatMap(ValueTable::ofTag);
        }
        return ValueTable.ofTag(tag);
    }

    private String integer(int value, Optional<ValueTable> names) {
        if (names.isEmpty() || !names.get().isMask() || value == 0) {
            return Integer.toString(value);
        }
        List<String> words = new ArrayList<>();
        int unnamed = value;
        for (ValueTable.Value each : names.get().values()) {
            if ((unnamed & each.number()) == each.number()) {
                words.add(each.xmlName());
                unnamed &= ~each.number();
            }
        }
        if (unnamed != 0) {
            words.add(hex(unnamed));
        }
        return String.join(encoding.maskSeparator(), words);
    }

    private String enumeration(int value, Optional<ValueTable> names) {
        return names.flatMap(table -> table.value(value))
                .map(ValueTable.Value::xmlName)
                .orElseGet(() -> hex(value));
    }

    private String longInteger(long value) {
        return encoding.isInexact(value) ? hex(value) : Long.toString(value);
    }

    private String bigInteger(Ttlv.BigInt item) {
        if (encoding == TextEncoding.JSON) {
            BigInteger value = item.value();
            if (value.bitLength() < Long.SIZE && !encoding.isInexact(value.longValue())) {
                return value.toString();
            }
        }
        String digits = item.content().toHex();
        return encoding == TextEncoding.JSON ? "0x" + digits : digits;
    }

    private static String dateTime(long seconds) {
        return seconds < FIRST_YEAR_SECONDS || seconds > LAST_YEAR_SECONDS
                ? hex(seconds)
                : DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(seconds));
    }

    private static String dateTimeExtended(Ttlv.DateTimeExtended item) {
        long seconds = item.value().getEpochSecond();
        return seconds < FIRST_YEAR_SECONDS || seconds > LAST_YEAR_SECONDS
                ? hex(item.micros())
                : DateTimeFormatter.ISO_INSTANT.format(item.value());
    }

    private static String hex(int value) {
        return String.format(Locale.ROOT, "0x%08X", value);
    }

    private static String hex(long value) {
        return String.format(Locale.ROOT, "0x%016X", value);
    }
}
