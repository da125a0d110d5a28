package org.symbolon.kmip.message;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.symbolon.kmip.ttlv.ItemType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/**
 * A value that is one item.
 *
 * @param type the class of the values
 * @param writer writes one
 * @param reader reads one
 */
record PlainForm<T>(Class<T> type, Writer<T> writer, Reader<T> reader) implements ValueForm {
    /** Appends an item. */
    interface Writer<T> {
        void write(Tag tag, T value, KmipVersion version, TtlvEncoder out);
    }

    /** Makes a value. */
    interface Reader<T> {
        T read(TtlvCursor item) throws MalformedTtlvException;
    }

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        writer.write(tag, type.cast(value), version, out);
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        return reader.read(item);
    }

    /** {@return numbers of 32 bits; those that other versions have names for are Enumerations there} */
    static PlainForm<Integer> integers() {
        return new PlainForm<>(
                Integer.class,
                (tag, value, version, out) -> {
                    if (tag.isOf(ItemType.ENUMERATION, version)) {
                        out.enumeration(tag, value);
                    } else {
                        out.integer(tag, value);
                    }
                },
                item -> item.type() == ItemType.ENUMERATION ? item.enumeration() : item.integer());
    }

    /** {@return numbers of any length; those that are secret by their tag pass no buffer that is not wiped} */
    static PlainForm<BigInteger> bigIntegers() {
        return new PlainForm<>(
                BigInteger.class,
                (tag, value, version, out) -> out.write(Ttlv.BigInt.of(tag, value)),
                TtlvCursor::bigInteger);
    }

    /** {@return moments in seconds or microseconds, as the version has them} */
    static PlainForm<Instant> instants() {
        return new PlainForm<>(
                Instant.class,
                (tag, value, version, out) -> {
                    if (tag.isOf(ItemType.DATE_TIME_EXTENDED, version)) {
                        out.dateTimeExtended(tag, ChronoUnit.MICROS.between(Instant.EPOCH, value));
                    } else {
                        out.dateTime(tag, value.getEpochSecond());
                    }
                },
                PlainForm::instant);
    }

    private static Instant instant(TtlvCursor item) throws MalformedTtlvException {
        if (item.type() == ItemType.DATE_TIME_EXTENDED) {
            return new Ttlv.DateTimeExtended(item.tag(), item.dateTimeExtended()).value();
        }
        long seconds = item.dateTime();
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            throw item.malformed("it is a moment beyond all years");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** {@return time spans in seconds} */
    static PlainForm<Duration> durations() {
        return new PlainForm<>(
                Duration.class,
                (tag, value, version, out) -> out.interval(tag, value.toSeconds()),
                item -> Duration.ofSeconds(item.interval()));
    }
}
