package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Cancellation Result, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record CancellationResult(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("CancellationResult");

    /** Canceled. */
    public static final CancellationResult CANCELED = named("Canceled");

    /** Unable to Cancel. */
    public static final CancellationResult UNABLE_TO_CANCEL = named("UnableToCancel");

    /** Completed. */
    public static final CancellationResult COMPLETED = named("Completed");

    /** Failed. */
    public static final CancellationResult FAILED = named("Failed");

    /** Unavailable. */
    public static final CancellationResult UNAVAILABLE = named("Unavailable");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static CancellationResult named(String xmlName) {
        return new CancellationResult(TABLE.require(xmlName));
    }

    @Override
    public ValueTable table() {
        return TABLE;
    }

    @Override
    public String toString() {
        return xmlName();
    }
}
