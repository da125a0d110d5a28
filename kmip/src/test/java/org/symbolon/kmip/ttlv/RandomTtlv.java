package org.symbolon.kmip.ttlv;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.symbolon.Bytes;

/** Trees of chance. */
final class RandomTtlv {
    private static final List<Tag> TAGS = List.copyOf(Tag.all());
    private static final List<ItemType> TYPES = List.of(ItemType.values());
    private static final int MAX_FIELDS = 5;
    private static final int MAX_BYTES = 40;

    private RandomTtlv() {}

    static Ttlv.Structure structure(Random random, int depth) {
        return new Ttlv.Structure(
                tag(random),
                Stream.generate(() -> item(random, depth - 1))
                        .limit(random.nextInt(MAX_FIELDS))
                        .toList());
    }

    private static Tag tag(Random random) {
        return random.nextInt(8) == 0 ? Tag.of(0x540000 + random.nextInt(100)) : TAGS.get(random.nextInt(TAGS.size()));
    }

    private static Ttlv item(Random random, int depth) {
        Tag tag = tag(random);
        ItemType type = TYPES.get(random.nextInt(TYPES.size()));
        byte[] bytes = new byte[random.nextInt(MAX_BYTES)];
        random.nextBytes(bytes);
        return switch (type) {
            case STRUCTURE -> depth > 0 ? structure(random, depth) : new Ttlv.Int(tag, 7);
            case INTEGER -> new Ttlv.Int(tag, random.nextInt());
            case LONG_INTEGER -> new Ttlv.LongInt(tag, random.nextLong());
            case BIG_INTEGER -> Ttlv.BigInt.of(tag, new BigInteger(random.nextInt(300), random));
            case ENUMERATION -> new Ttlv.Enumerated(tag, random.nextInt());
            case BOOLEAN -> new Ttlv.Bool(tag, random.nextBoolean());
            case TEXT_STRING -> Ttlv.Text.of(tag, Bytes.of(bytes).toHex());
            case BYTE_STRING -> new Ttlv.Octets(tag, Bytes.of(bytes));
            case DATE_TIME -> new Ttlv.DateTime(tag, random.nextLong());
            case INTERVAL -> new Ttlv.Interval(tag, Integer.toUnsignedLong(random.nextInt()));
            case DATE_TIME_EXTENDED -> new Ttlv.DateTimeExtended(tag, random.nextLong());
        };
    }
}
