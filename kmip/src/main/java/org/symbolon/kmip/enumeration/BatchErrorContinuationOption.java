package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Batch Error Continuation Option, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record BatchErrorContinuationOption(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("BatchErrorContinuationOption");

    /** Continue. */
    public static final BatchErrorContinuationOption CONTINUE = named("Continue");

    /** Stop. */
    public static final BatchErrorContinuationOption STOP = named("Stop");

    /** Undo. */
    public static final BatchErrorContinuationOption UNDO = named("Undo");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static BatchErrorContinuationOption named(String xmlName) {
        return new BatchErrorContinuationOption(TABLE.require(xmlName));
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
