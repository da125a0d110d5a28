package org.symbolon.kmip.ttlv;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
     * Wipes the bytes that this item and those in it are still read from. What was read before stays as it is, and is its
     * reader's to wipe; what was not cannot be read any more. Does nothing to an item that was not decoded from binary.
     */
    default void release() {}

    /** Items in an item. One that was decoded from binary reads them when they are asked for. */
    final class Structure implements Ttlv {
        private final Tag tag;
        private final int at;
        private volatile @Nullable TtlvSource source;
        private volatile @Nullable List<Ttlv> fields;

        /**
         * Makes a structure.
         *
         * @param tag what it is
         * @param fields the items, in their order
         */
        public Structure(Tag tag, List<Ttlv> fields) {
            this.tag = tag;
            this.fields = List.copyOf(fields);
            this.at = 0;
        }

        /** Makes the structure that begins at a place of a source. */
        Structure(Tag tag, TtlvSource source, int at) {
            this.tag = tag;
            this.source = source;
            this.at = at;
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
        public Tag tag() {
            return tag;
        }

        @Override
        public ItemType type() {
            return ItemType.STRUCTURE;
        }

        /** {@return the items, in their order} */
        public List<Ttlv> fields() {
            List<Ttlv> known = fields;
            if (known == null) {
                known = List.copyOf(content().rest());
                fields = known;
            }
            return known;
        }

        /** {@return the first field with a tag, or empty} */
        public Optional<Ttlv> field(Tag wanted) {
            List<Ttlv> known = fields;
            if (known == null) {
                TtlvCursor cursor = content();
                while (cursor.next()) {
                    if (cursor.tagCode() == wanted.code()) {
                        return Optional.of(cursor.item());
                    }
                }
                return Optional.empty();
            }
            return known.stream().filter(field -> field.tag().equals(wanted)).findFirst();
        }

        /** {@return every field with a tag, in order} */
        public List<Ttlv> fields(Tag wanted) {
            return fields().stream().filter(field -> field.tag().equals(wanted)).toList();
        }

        /** {@return the binary encoding, which was there or is made now} */
        TtlvSource source() {
            TtlvSource known = source;
            if (known == null) {
                TtlvEncoder encoder = new TtlvEncoder();
                encoder.write(this);
                known = encoder.source();
                source = known;
            }
            return known;
        }

        /** {@return whether {@link #source} is there} */
        boolean isEncoded() {
            return source != null;
        }

        /** {@return where it begins in {@link #source}} */
        int offset() {
            return at;
        }

        /** {@return a cursor before this structure} */
        TtlvCursor cursor() {
            TtlvSource known = source();
            return new TtlvCursor(known, at, known.after(at));
        }

        private TtlvCursor content() {
            TtlvSource known = source();
            return new TtlvCursor(known, at + TtlvSource.HEADER_BYTES, known.after(at));
        }

        @Override
        public void wipe() {
            if (source != null) {
                source.wipe();
            }
            if (fields != null) {
                fields.forEach(Ttlv::wipe);
            }
        }

        @Override
        public void release() {
            if (source != null) {
                source.release();
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Structure that && tag.equals(that.tag) && fields().equals(that.fields());
        }

        @Override
        public int hashCode() {
            return 31 * tag.hashCode() + fields().hashCode();
        }

        @Override
        public String toString() {
            return "Structure[tag=" + tag + ", fields=" + fields() + "]";
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
            int padding = TtlvSource.padding(content.length());
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
        /** The longest one. */
        static final long MAX_SECONDS = 0xFFFF_FFFFL;

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
