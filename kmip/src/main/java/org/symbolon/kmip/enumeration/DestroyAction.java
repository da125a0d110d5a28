package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Destroy Action, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record DestroyAction(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("DestroyAction");

    /** Unspecified. */
    public static final DestroyAction UNSPECIFIED = named("Unspecified");

    /** Key Material Deleted. */
    public static final DestroyAction KEY_MATERIAL_DELETED = named("KeyMaterialDeleted");

    /** Key Material Shredded. */
    public static final DestroyAction KEY_MATERIAL_SHREDDED = named("KeyMaterialShredded");

    /** Meta Data Deleted. */
    public static final DestroyAction META_DATA_DELETED = named("MetaDataDeleted");

    /** Meta Data Shredded. */
    public static final DestroyAction META_DATA_SHREDDED = named("MetaDataShredded");

    /** Deleted. */
    public static final DestroyAction DELETED = named("Deleted");

    /** Shredded. */
    public static final DestroyAction SHREDDED = named("Shredded");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static DestroyAction named(String xmlName) {
        return new DestroyAction(TABLE.require(xmlName));
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
