package org.symbolon.kmip.ttlv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item as XML and JSON write it: names and values in words.
 *
 * @param tag the tag's name, or its number as {@code 0x} and six digits
 * @param type the type's name; null where it is left out, which means Structure
 * @param value the value in words; null in a structure
 * @param fields the items of a structure; empty in anything else
 */
record TextItem(String tag, @Nullable String type, @Nullable String value, List<TextItem> fields) {
    TextItem {
        fields = List.copyOf(fields);
    }

    /** {@return the value of the first field of a name; null if there is none} */
    @Nullable String valueOf(String name) {
        for (TextItem field : fields) {
            if (field.tag.equals(name)) {
                return field.value;
            }
        }
        return null;
    }
}
