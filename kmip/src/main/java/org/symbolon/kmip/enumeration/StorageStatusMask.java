package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Storage Status Mask, a mask of the standard; other values are legal.
 *
 * @param value the bits on the wire
 */
public record StorageStatusMask(int value) implements KmipMask {
    private static final ValueTable TABLE = ValueTable.of("StorageStatusMask");

    /** On-line storage. */
    public static final StorageStatusMask ON_LINE_STORAGE = named("OnLineStorage");

    /** Archival storage. */
    public static final StorageStatusMask ARCHIVAL_STORAGE = named("ArchivalStorage");

    /** Destroyed storage. */
    public static final StorageStatusMask DESTROYED_STORAGE = named("DestroyedStorage");

    /**
     * Returns the bit that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static StorageStatusMask named(String xmlName) {
        return new StorageStatusMask(TABLE.require(xmlName));
    }

    /**
     * Returns bits together.
     *
     * @param bits any masks
     * @return the mask that has the bits of all
     */
    public static StorageStatusMask of(StorageStatusMask... bits) {
        return new StorageStatusMask(KmipMask.together(bits));
    }

    @Override
    public ValueTable table() {
        return TABLE;
    }

    @Override
    public String toString() {
        return names();
    }
}
