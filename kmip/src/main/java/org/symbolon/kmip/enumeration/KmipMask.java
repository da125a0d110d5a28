package org.symbolon.kmip.enumeration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.symbolon.kmip.ttlv.ValueTable;

/** Bits that are combined. Compares by number; bits that no table names are legal. */
public interface KmipMask {
    /** {@return the bits on the wire} */
    int value();

    /** {@return the bits that the standard names} */
    ValueTable table();

    /** {@return whether every bit of {@code bits} is set} */
    default boolean has(int bits) {
        return (value() & bits) == bits;
    }

    /** {@return the names of the bits in XML and JSON, such as {@code Sign Verify}} */
    default String names() {
        List<String> names = new ArrayList<>();
        int unnamed = value();
        for (ValueTable.Value each : table().values()) {
            if ((unnamed & each.number()) == each.number()) {
                names.add(each.xmlName());
                unnamed &= ~each.number();
            }
        }
        if (unnamed != 0) {
            names.add(String.format(Locale.ROOT, "0x%08X", unnamed));
        }
        return String.join(" ", names);
    }

    /**
     * Puts bits together.
     *
     * @param masks any masks
     * @return the bits of all
     */
    static int together(KmipMask... masks) {
        int bits = 0;
        for (KmipMask each : masks) {
            bits |= each.value();
        }
        return bits;
    }
}
