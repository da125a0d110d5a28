package org.symbolon;

import java.io.Serializable;
import java.util.Map;

/**
 * A peer's own status: a PKCS #11 return value or a KMIP result reason.
 *
 * @param name the standard's name, such as {@code CKR_PIN_INCORRECT} or {@code ItemNotFound}
 * @param code its number in that standard
 */
public record Status(String name, long code) implements Serializable {
    private static final Map<Long, String> NAMES = ConstantTable.names("return_values");

    /**
     * Returns the status of a PKCS #11 return value.
     *
     * @param name such as {@code CKR_PIN_INCORRECT}
     * @return the status
     * @throws AssertionError if PKCS #11 3.2 has no such return value
     */
    public static Status ckr(String name) {
        return new Status(name, ConstantTable.value("return_values", name));
    }

    /**
     * Returns the status of a PKCS #11 return value.
     *
     * @param code such as 0xA0, vendor-defined ones included
     * @return the status
     */
    public static Status ckr(long code) {
        return new Status(NAMES.getOrDefault(code, "CKR_0x" + Long.toHexString(code)), code);
    }

    @Override
    public String toString() {
        return name;
    }
}
