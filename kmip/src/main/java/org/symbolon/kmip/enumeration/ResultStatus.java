package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Result Status, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ResultStatus(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ResultStatus");

    /** Success. */
    public static final ResultStatus SUCCESS = named("Success");

    /** Operation Failed. */
    public static final ResultStatus OPERATION_FAILED = named("OperationFailed");

    /** Operation Pending. */
    public static final ResultStatus OPERATION_PENDING = named("OperationPending");

    /** Operation Undone. */
    public static final ResultStatus OPERATION_UNDONE = named("OperationUndone");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ResultStatus named(String xmlName) {
        return new ResultStatus(TABLE.require(xmlName));
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
