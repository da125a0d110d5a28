package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Object Group Member, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ObjectGroupMember(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ObjectGroupMember");

    /** Group Member Fresh. */
    public static final ObjectGroupMember GROUP_MEMBER_FRESH = named("GroupMemberFresh");

    /** Group Member Default. */
    public static final ObjectGroupMember GROUP_MEMBER_DEFAULT = named("GroupMemberDefault");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ObjectGroupMember named(String xmlName) {
        return new ObjectGroupMember(TABLE.require(xmlName));
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
