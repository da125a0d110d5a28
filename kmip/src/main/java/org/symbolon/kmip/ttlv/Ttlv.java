package org.symbolon.kmip.ttlv;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;

/**
 * One item: a tag and a value of one of eleven types.
 *
 * <p>Immutable and thread-safe. Values that are secret by their tag ({@link SecretTags}) are {@link SecretBytes}: no
 * {@code toString} shows them, and {@link #wipe} ends them.
 */
public sealed interface Ttlv {
    /** {@return what the item is} */
    Tag tag();

    /** {@return the type of its value} */
    ItemType type();

    /** Wipes the secrets in this item and below. It cannot be read or encoded afterwards if it had any. */
    default void wipe() {}

    /**
     * Items in an item.
     *
     * @param tag what it is
     * @param fields the items, in their order
     */
    record Structure(Tag tag, List<Ttlv> fields) implements Ttlv {
        public Structure {
            fields = List.copyOf(fields);
        }

        /**
         * Returns a structure.
         *
         * @param tag what it is
         * @param fields the items, in their order
         * @return the structure
         */
        public static Structure of(Tag tag, Ttlv... fields) {
            return new Structure(tag, List.of(fields));
        }

        @Override
        public ItemType type() {
            return ItemType.STRUCTURE;
        }

        /** {@return the first field with a tag, or empty} */
        public Optional<Ttlv> field(Tag wanted) {
            return Optional.ofNullable(first(wanted));
        }

        /** {@return every field with a tag, in order} */
        public List<Ttlv> fields(Tag wanted) {
            List<Ttlv> found = new ArrayList<>();
            for (Ttlv field : fields) {
                if (field.tag().equals(wanted)) {
                    found.add(field);
                }
            }
            return found;
        }

        private @Nullable Ttlv first(Tag wanted) {
            for (Ttlv field : fields) {
                if (field.tag().equals(wanted)) {
                    return field;
                }
            }
            return null;
        }

        @Override
        public void wipe() {
            fields.forEach(Ttlv::wipe);
        }
    }

    /**
     * A number of 32 bits, or a mask.
     *
     * @param tag what it is
     * @param value the number
     */
    record Int(Tag tag, int value) implements Ttlv {
        @Override
        public ItemType type() {
            return ItemType.INTEGER;
        }
    }

    /**
     * A number of 64 bits.
     *
     * @param tag what it is
     * @param value the number
     */
    record LongInt(Tag tag, long value) implements Ttlv {
        @Override
        public ItemType type() {
            return ItemType.LONG_INTEGER;
        }
    }

    /**
     * A number of any length.
     *
     * @param tag what it is
     * @param content the number in two's complement, most significant byte first, at least one byte; filled up by its sign to
     *     a multiple of 8 bytes
     */
    record BigInt(Tag tag, Bytes content) implements Ttlv {
        public BigInt {
            int padding = TtlvDecoder.padding(content.length());
            if (content.isEmpty()) {
                throw new IllegalArgumentException("a BigInteger has a byte at least");
            }
            if (padding > 0) {
                byte[] unfilled = content.sharedArray();
                byte[] filled = new byte[unfilled.length + padding];
                Arrays.fill(filled, 0, padding, (byte) (unfilled[0] < 0 ? -1 : 0));
                System.arraycopy(unfilled, 0, filled, padding, unfilled.length);
                SecretTags.wipe(content);
                content = SecretTags.hold(tag, filled);
            }
        }

        /**
         * Returns a number.
         *
         * @param tag what it is
         * @param value the number
         * @return the item
         */
        public static BigInt of(Tag tag, BigInteger value) {
            return new BigInt(tag, SecretTags.hold(tag, value.toByteArray()));
        }

        /** {@return the number} */
        public BigInteger value() {
            return new BigInteger(content.sharedArray());
        }

        @Override
        public ItemType type() {
            return ItemType.BIG_INTEGER;
        }

        @Override
        public void wipe() {
            SecretTags.wipe(content);
        }
    }

    /**
     * A value of an enumeration.
     *
     * @param tag what it is
     * @param value the value, unsigned
     */
    record Enumerated(Tag tag, int value) implements Ttlv {
        @Override
        public ItemType type() {
            return ItemType.ENUMERATION;
        }
    }

    /**
     * True or false.
     *
     * @param tag what it is
     * @param value which
     */
    record Bool(Tag tag, boolean value) implements Ttlv {
        @Override
        public ItemType type() {
            return ItemType.BOOLEAN;
        }
    }

    /**
     * Text.
     *
     * @param tag what it is
     * @param utf8 the text in UTF-8
     */
    record Text(Tag tag, Bytes utf8) implements Ttlv {
        /**
         * Returns a text.
         *
         * @param tag what it is
         * @param value the text
         * @return the item
         */
        public static Text of(Tag tag, String value) {
            return new Text(tag, SecretTags.hold(tag, value.getBytes(StandardCharsets.UTF_8)));
        }

        /** {@return the text} */
        public String value() {
            return new String(utf8.sharedArray(), StandardCharsets.UTF_8);
        }

        @Override
        public ItemType type() {
            return ItemType.TEXT_STRING;
        }

        @Override
        public void wipe() {
            SecretTags.wipe(utf8);
        }

        @Override
        public String toString() {
            return "Text[tag=" + tag + ", value=" + (utf8 instanceof SecretBytes ? utf8.toString() : value()) + "]";
        }
    }

    /**
     * Bytes.
     *
     * @param tag what they are
     * @param value the bytes
     */
    record Octets(Tag tag, Bytes value) implements Ttlv {
        @Override
        public ItemType type() {
            return ItemType.BYTE_STRING;
        }

        @Override
        public void wipe() {
            SecretTags.wipe(value);
        }
    }

    /**
     * A moment.
     *
     * @param tag what it is
     * @param seconds since 1970 in UTC
     */
    record DateTime(Tag tag, long seconds) implements Ttlv {
        @Override
        public ItemType type() {
            return ItemType.DATE_TIME;
        }
    }

    /**
     * A time span.
     *
     * @param tag what it is
     * @param seconds 0 to 2^32 - 1
     */
    record Interval(Tag tag, long seconds) implements Ttlv {
        private static final long MAX_SECONDS = 0xFFFF_FFFFL;

        public Interval {
            if (seconds < 0 || seconds > MAX_SECONDS) {
                throw new IllegalArgumentException("an interval has 0 to " + MAX_SECONDS + " seconds, not " + seconds);
            }
        }

        @Override
        public ItemType type() {
            return ItemType.INTERVAL;
        }
    }

    /**
     * A moment, more exactly.
     *
     * @param tag what it is
     * @param micros microseconds since 1970 in UTC
     */
    record DateTimeExtended(Tag tag, long micros) implements Ttlv {
        private static final long MICROS_PER_SECOND = 1_000_000;
        private static final long NANOS_PER_MICRO = 1_000;

        @Override
        public ItemType type() {
            return ItemType.DATE_TIME_EXTENDED;
        }

        /** {@return the moment} */
        public Instant value() {
            return Instant.ofEpochSecond(
                    Math.floorDiv(micros, MICROS_PER_SECOND),
                    Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
        }
    }
}
