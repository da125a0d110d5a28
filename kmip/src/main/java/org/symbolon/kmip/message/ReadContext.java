package org.symbolon.kmip.message;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * What decides how items are read.
 *
 * @param version the message's version
 * @param keyFormat the format of the key block that is being read; null outside of one
 */
record ReadContext(KmipVersion version, @Nullable KeyFormatType keyFormat) {
    static ReadContext of(KmipVersion version) {
        return new ReadContext(version, null);
    }
}
