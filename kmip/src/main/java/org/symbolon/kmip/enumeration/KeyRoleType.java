package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Key Role Type, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record KeyRoleType(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("KeyRoleType");

    /** BDK. */
    public static final KeyRoleType BDK = named("BDK");

    /** CVK. */
    public static final KeyRoleType CVK = named("CVK");

    /** DEK. */
    public static final KeyRoleType DEK = named("DEK");

    /** MKAC. */
    public static final KeyRoleType MKAC = named("MKAC");

    /** MKSMC. */
    public static final KeyRoleType MKSMC = named("MKSMC");

    /** MKSMI. */
    public static final KeyRoleType MKSMI = named("MKSMI");

    /** MKDAC. */
    public static final KeyRoleType MKDAC = named("MKDAC");

    /** MKDN. */
    public static final KeyRoleType MKDN = named("MKDN");

    /** MKCP. */
    public static final KeyRoleType MKCP = named("MKCP");

    /** MKOTH. */
    public static final KeyRoleType MKOTH = named("MKOTH");

    /** KEK. */
    public static final KeyRoleType KEK = named("KEK");

    /** MAC16609. */
    public static final KeyRoleType MAC16609 = named("MAC16609");

    /** MAC97971. */
    public static final KeyRoleType MAC97971 = named("MAC97971");

    /** MAC97972. */
    public static final KeyRoleType MAC97972 = named("MAC97972");

    /** MAC97973. */
    public static final KeyRoleType MAC97973 = named("MAC97973");

    /** MAC97974. */
    public static final KeyRoleType MAC97974 = named("MAC97974");

    /** MAC97975. */
    public static final KeyRoleType MAC97975 = named("MAC97975");

    /** ZPK. */
    public static final KeyRoleType ZPK = named("ZPK");

    /** PVKIBM. */
    public static final KeyRoleType PVKIBM = named("PVKIBM");

    /** PVKPVV. */
    public static final KeyRoleType PVKPVV = named("PVKPVV");

    /** PVKOTH. */
    public static final KeyRoleType PVKOTH = named("PVKOTH");

    /** DUKPT. */
    public static final KeyRoleType DUKPT = named("DUKPT");

    /** IV. */
    public static final KeyRoleType IV = named("IV");

    /** TRKBK. */
    public static final KeyRoleType TRKBK = named("TRKBK");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static KeyRoleType named(String xmlName) {
        return new KeyRoleType(TABLE.require(xmlName));
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
