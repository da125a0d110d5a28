package org.symbolon;

import java.util.Map;

/**
 * The class of an object: the value of CKA_CLASS (PKCS #11 v3.2 section 4.1).
 *
 * @param code the CKO_ value, vendor-defined ones included
 */
public record ObjectClass(long code) {
    private static final Map<Long, String> NAMES = ConstantTable.names("objects");

    /** CKO_DATA (0x00). */
    public static final ObjectClass DATA = named("CKO_DATA");
    /** CKO_CERTIFICATE (0x01). */
    public static final ObjectClass CERTIFICATE = named("CKO_CERTIFICATE");
    /** CKO_PUBLIC_KEY (0x02). */
    public static final ObjectClass PUBLIC_KEY = named("CKO_PUBLIC_KEY");
    /** CKO_PRIVATE_KEY (0x03). */
    public static final ObjectClass PRIVATE_KEY = named("CKO_PRIVATE_KEY");
    /** CKO_SECRET_KEY (0x04). */
    public static final ObjectClass SECRET_KEY = named("CKO_SECRET_KEY");

    private static ObjectClass named(String name) {
        return new ObjectClass(ConstantTable.value("objects", name));
    }

    /** {@return the standard's name, such as {@code CKO_PRIVATE_KEY}, or the code in hexadecimal where it has none} */
    public String name() {
        return NAMES.getOrDefault(code, "0x" + Long.toHexString(code));
    }

    /** {@return whether objects of this class are keys} */
    public boolean isKey() {
        return equals(PUBLIC_KEY) || equals(PRIVATE_KEY) || equals(SECRET_KEY);
    }

    @Override
    public String toString() {
        return name();
    }
}
