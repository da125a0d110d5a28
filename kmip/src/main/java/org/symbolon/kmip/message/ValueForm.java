package org.symbolon.kmip.message;

import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** How values of one Java class become items, and items values. Thread-safe. */
interface ValueForm {
    /**
     * Makes an item.
     *
     * @throws NotInVersionException if the version has no such value
     */
    Ttlv write(Tag tag, Object value, KmipVersion version);

    /**
     * Makes a value.
     *
     * @throws MalformedTtlvException if the item is of another type
     */
    Object read(Ttlv item, ReadContext context) throws MalformedTtlvException;
}
