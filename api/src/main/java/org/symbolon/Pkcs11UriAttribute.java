package org.symbolon;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A path attribute of a PKCS #11 URI (RFC 7512 section 2.3), in the order in which they are printed. */
public enum Pkcs11UriAttribute {
    /** {@code library-description}: CK_INFO's libraryDescription, at most 32 bytes. */
    LIBRARY_DESCRIPTION(32),
    /** {@code library-manufacturer}: CK_INFO's manufacturerID, at most 32 bytes. */
    LIBRARY_MANUFACTURER(32),
    /** {@code library-version}: {@code M} or {@code M.N}, each at most 255. */
    LIBRARY_VERSION(7),
    /** {@code slot-description}: at most 64 bytes. */
    SLOT_DESCRIPTION(64),
    /** {@code slot-id}: a decimal number; not stable across starts of a module. */
    SLOT_ID(20),
    /** {@code slot-manufacturer}: at most 32 bytes. */
    SLOT_MANUFACTURER(32),
    /** {@code token}: the token's label, at most 32 bytes. */
    TOKEN(32),
    /** {@code manufacturer}: the token's manufacturer, at most 32 bytes. */
    MANUFACTURER(32),
    /** {@code model}: the token's model, at most 16 bytes. */
    MODEL(16),
    /** {@code serial}: the token's serial number, at most 16 bytes. */
    SERIAL(16),
    /** {@code object}: CKA_LABEL. */
    OBJECT(Integer.MAX_VALUE),
    /** {@code id}: CKA_ID, bytes. */
    ID(Integer.MAX_VALUE),
    /** {@code type}: {@code public}, {@code private}, {@code cert}, {@code secret-key} or {@code data}. */
    TYPE(10);

    private static final Map<String, ObjectClass> TYPES = Map.of(
            "public", ObjectClass.PUBLIC_KEY,
            "private", ObjectClass.PRIVATE_KEY,
            "cert", ObjectClass.CERTIFICATE,
            "secret-key", ObjectClass.SECRET_KEY,
            "data", ObjectClass.DATA);

    private final String uriName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final int maxBytes;

    Pkcs11UriAttribute(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** {@return the name in the URI, such as {@code library-version}} */
    public String uriName() {
        return uriName;
    }

    static Optional<Pkcs11UriAttribute> named(String uriName) {
        return Arrays.stream(values())
                .filter(attribute -> attribute.uriName.equals(uriName))
                .findFirst();
    }

    static Optional<String> typeName(ObjectClass objectClass) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(objectClass))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static ObjectClass objectClass(String typeName) {
        ObjectClass objectClass = TYPES.get(typeName);
        if (objectClass == null) {
            throw new IllegalArgumentException("type is public, private, cert, secret-key or data, not " + typeName);
        }
        return objectClass;
    }

    /** {@return {@code M.N} for {@code M} and {@code M.N}, without leading zeroes} */
    static String canonicalVersion(String version) {
        String[] parts = version.split("\\.", 2);
        return Integer.parseInt(parts[0]) + "." + (parts.length == 1 ? 0 : Integer.parseInt(parts[1]));
    }

    /** Refuses a value that PKCS #11 could not hold. */
    void check(Bytes value) {
        if (value.length() > maxBytes) {
            throw new IllegalArgumentException(uriName + " has at most " + maxBytes + " bytes, not " + value.length());
        }
        String text = LosslessUtf8.decode(value.sharedArray());
        if (this == TYPE) {
            objectClass(text);
        } else if (this == SLOT_ID && !text.matches("[0-9]{1,19}")) {
            throw new IllegalArgumentException("slot-id is a decimal number, not " + text);
        } else if (this == LIBRARY_VERSION && !isVersion(text)) {
            throw new IllegalArgumentException("library-version is M or M.N, each at most 255, not " + text);
        }
    }

    static boolean isVersion(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3})?")
                && Arrays.stream(text.split("\\.")).allMatch(part -> Integer.parseInt(part) <= 255);
    }
}
