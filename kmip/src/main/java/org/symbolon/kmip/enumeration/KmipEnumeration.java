package org.symbolon.kmip.enumeration;

import java.util.Locale;
import org.symbolon.kmip.ttlv.ValueTable;

/** A value of an enumeration. Compares by number; values that no table names are legal. */
public interface KmipEnumeration {
    /** {@return the number on the wire, unsigned} */
    int value();

    /** {@return the values that the standard names} */
    ValueTable table();

    /** {@return the name in XML and JSON, such as {@code SHA_256}; {@code 0x} and 8 digits if the standard has none} */
    default String xmlName() {
        return table().value(value())
                .map(ValueTable.Value::xmlName)
                .orElseGet(() -> String.format(Locale.ROOT, "0x%08X", value()));
    }
}
