package org.symbolon;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The type of a mechanism: a CKM_ value (PKCS #11 v3.2 section 6).
 *
 * <p>{@link MechanismTable} tells what Symbolon knows of a type. A {@link Mechanism} is a type with its parameters.
 *
 * @param code the CKM_ value, vendor-defined ones included
 */
public record MechanismType(long code) {
    private static final Map<Long, String> NAMES = ConstantTable.names("mechanisms");
    private static final Map<String, MechanismType> BY_NAME = byName();

    /**
     * Returns the mechanism type of a standard name.
     *
     * @param name such as {@code CKM_ECDSA_SHA256}; deprecated second names are known too
     * @return the mechanism type
     * @throws IllegalArgumentException if PKCS #11 3.2 has no such name
     */
    public static MechanismType named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("PKCS #11 3.2 has no mechanism named " + name));
    }

    /**
     * Returns the mechanism type of a standard name, if there is one.
     *
     * @param name such as {@code CKM_ECDSA_SHA256}
     * @return the mechanism type, or empty
     */
    public static Optional<MechanismType> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** {@return the standard's name, such as {@code CKM_ECDSA}, or the code in hexadecimal where it has none} */
    public String name() {
        return NAMES.getOrDefault(code, "0x" + Long.toHexString(code));
    }

    @Override
    public String toString() {
        return name();
    }

    private static Map<String, MechanismType> byName() {
        Map<String, MechanismType> types = new HashMap<>();
        for (ConstantTable.Constant constant : ConstantTable.group("mechanisms")) {
            types.put(constant.name(), new MechanismType(constant.value()));
        }
        return types;
    }
}
