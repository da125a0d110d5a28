package org.symbolon.kmip.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.AdjustmentType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.ttlv.Ttlv;

/** The value that Adjust Attribute makes of another (KMIP 2.1 section 6.1.3). */
final class Adjustment {
    private Adjustment() {}

    /** Returns an attribute with a value that is more, less or the contrary. */
    static Attribute<?> of(AttributeType<?> type, Object value, AdjustmentType how, @Nullable Ttlv by)
            throws KmipFailure {
        try {
            return adjusted(type, value, how, by);
        } catch (ArithmeticException | DateTimeException e) {
            throw new KmipFailure(ResultReason.NUMERIC_RANGE, type + " would be out of the range of its type", e);
        }
    }

    private static Attribute<?> adjusted(AttributeType<?> type, Object value, AdjustmentType how, @Nullable Ttlv by)
            throws KmipFailure {
        if (value instanceof Boolean flag && how.equals(AdjustmentType.NEGATE)) {
            return valued(type, !flag);
        } else if (value instanceof Integer number) {
            return valued(type, Math.toIntExact(number(number, how, by)));
        } else if (value instanceof Duration time) {
            return valued(type, Duration.ofSeconds(seconds(number(time.toSeconds(), how, by))));
        } else if (value instanceof Instant date) {
            return valued(type, Instant.ofEpochSecond(number(date.getEpochSecond(), how, by)));
        } else if (value instanceof Ttlv item) {
            return valued(type, item(item, how, by));
        }
        throw wrongType(type + " is no number");
    }

    private static long seconds(long value) {
        if (value < 0 || value > 0xFFFFFFFFL) {
            throw new ArithmeticException("an Interval");
        }
        return value;
    }

    private static Ttlv item(Ttlv value, AdjustmentType how, @Nullable Ttlv by) throws KmipFailure {
        if (value instanceof Ttlv.Int number) {
            return new Ttlv.Int(value.tag(), Math.toIntExact(number(number.value(), how, by)));
        } else if (value instanceof Ttlv.LongInt number) {
            return new Ttlv.LongInt(value.tag(), number(number.value(), how, by));
        } else if (value instanceof Ttlv.Interval time) {
            return new Ttlv.Interval(value.tag(), seconds(number(time.seconds(), how, by)));
        } else if (value instanceof Ttlv.DateTime date) {
            return new Ttlv.DateTime(value.tag(), number(date.seconds(), how, by));
        } else if (value instanceof Ttlv.Bool flag && how.equals(AdjustmentType.NEGATE)) {
            return new Ttlv.Bool(value.tag(), !flag.value());
        }
        throw wrongType("the attribute is no number");
    }

    private static long number(long value, AdjustmentType how, @Nullable Ttlv by) throws KmipFailure {
        if (how.equals(AdjustmentType.NEGATE)) {
            return Math.negateExact(value);
        }
        long step = step(by);
        return how.equals(AdjustmentType.INCREMENT) ? Math.addExact(value, step) : Math.subtractExact(value, step);
    }

    private static long step(@Nullable Ttlv by) throws KmipFailure {
        if (by == null) {
            return 1;
        } else if (by instanceof Ttlv.Int number) {
            return number.value();
        } else if (by instanceof Ttlv.LongInt number) {
            return number.value();
        } else if (by instanceof Ttlv.Interval time) {
            return time.seconds();
        }
        throw wrongType("the Adjustment Value is no number");
    }

    private static KmipFailure wrongType(String message) {
        return new KmipFailure(ResultReason.INVALID_DATA_TYPE, message);
    }

    @SuppressWarnings("unchecked") // the value is of the class of the one before
    private static <T> Attribute<T> valued(AttributeType<T> type, Object value) {
        return Attribute.of(type, (T) value);
    }
}
