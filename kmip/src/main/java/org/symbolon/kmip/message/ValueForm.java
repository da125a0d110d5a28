package org.symbolon.kmip.message;

import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** How values of one Java class become items, and items values. Thread-safe. */
interface ValueForm {
    /**
     * Appends an item.
     *
     * @throws NotInVersionException if the version has no such value
     */
    void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out);

    /**
     * Makes a value of the item that a cursor stands at. The cursor stands at it or behind it afterwards.
     *
     * @throws MalformedTtlvException if the item is of another type
     */
    Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException;
}
