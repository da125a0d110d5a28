package org.symbolon.kmip.ttlv;

import org.jspecify.annotations.Nullable;

/** The type of an item (KMIP 2.1 section 10.1.1.2). */
public enum ItemType {
    /** Items in an item, 0x01. */
    STRUCTURE(1, "Structure", -1),
    /** A signed number of 32 bits, 0x02. */
    INTEGER(2, "Integer", 4),
    /** A signed number of 64 bits, 0x03. */
    LONG_INTEGER(3, "LongInteger", 8),
    /** A signed number of any length, 0x04. */
    BIG_INTEGER(4, "BigInteger", -1),
    /** A value of an enumeration, 0x05. */
    ENUMERATION(5, "Enumeration", 4),
    /** True or false, 0x06. */
    BOOLEAN(6, "Boolean", 8),
    /** Text in UTF-8, 0x07. */
    TEXT_STRING(7, "TextString", -1),
    /** Bytes, 0x08. */
    BYTE_STRING(8, "ByteString", -1),
    /** A moment in seconds, 0x09. */
    DATE_TIME(9, "DateTime", 8),
    /** A time span in seconds, 0x0A. */
    INTERVAL(10, "Interval", 4),
    /** A moment in microseconds, 0x0B, from KMIP 2.0 on. */
    DATE_TIME_EXTENDED(11, "DateTimeExtended", 8);

    private static final ItemType[] BY_CODE = values();

    private final int code;
    private final String xmlName;
    private final int fixedLength;

    ItemType(int code, String xmlName, int fixedLength) {
        this.code = code;
        this.xmlName = xmlName;
        this.fixedLength = fixedLength;
    }

    /** {@return the number on the wire, 1 to 11} */
    public int code() {
        return code;
    }

    /** {@return the name in XML and JSON, such as {@code ByteString}} */
    public String xmlName() {
        return xmlName;
    }

    /** {@return the length in bytes that a value of this type always has, without padding; -1 where it varies} */
    int fixedLength() {
        return fixedLength;
    }

    static @Nullable ItemType ofCode(int code) {
        return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
    }

    /** {@return the type of a number that was checked} */
    static ItemType ofChecked(int code) {
        if (code == 0) {
            throw new IllegalStateException("the item was wiped");
        }
        return BY_CODE[code - 1];
    }

    static @Nullable ItemType ofXmlName(String name) {
        for (ItemType type : BY_CODE) {
            if (type.xmlName.equals(name)) {
                return type;
            }
        }
        return null;
    }
}
