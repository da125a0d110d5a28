package org.symbolon.kmip.ttlv;

/**
 * How much of a peer's message is taken.
 *
 * @param maxBytes the length of a message in bytes, 8 to 16 MiB
 * @param maxDepth how deep structures lie in each other, 1 to 64
 * @param maxItems how many items a message has, 1 to 1,000,000
 */
public record TtlvLimits(int maxBytes, int maxDepth, int maxItems) {
    /** The limits where none are set: 1 MiB, 32 deep, 100,000 items. */
    public static final TtlvLimits DEFAULT = new TtlvLimits(1 << 20, 32, 100_000);

    private static final int HARD_MAX_BYTES = 16 << 20;
    private static final int HARD_MAX_DEPTH = 64;
    private static final int HARD_MAX_ITEMS = 1_000_000;

    public TtlvLimits {
        check("maxBytes", maxBytes, 8, HARD_MAX_BYTES);
        check("maxDepth", maxDepth, 1, HARD_MAX_DEPTH);
        check("maxItems", maxItems, 1, HARD_MAX_ITEMS);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it is " + least + " to " + most);
        }
    }

    /**
     * Returns these limits with another length.
     *
     * @param bytes the greatest length of a message, 8 to 16 MiB
     * @return the limits
     */
    public TtlvLimits withMaxBytes(int bytes) {
        return new TtlvLimits(bytes, maxDepth, maxItems);
    }
}
