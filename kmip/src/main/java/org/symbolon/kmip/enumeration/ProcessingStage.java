package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Processing Stage, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ProcessingStage(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ProcessingStage");

    /** Submitted. */
    public static final ProcessingStage SUBMITTED = named("Submitted");

    /** In Process. */
    public static final ProcessingStage IN_PROCESS = named("InProcess");

    /** Completed. */
    public static final ProcessingStage COMPLETED = named("Completed");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ProcessingStage named(String xmlName) {
        return new ProcessingStage(TABLE.require(xmlName));
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
