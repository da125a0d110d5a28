package org.symbolon.kmip.message;

import java.util.List;
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
    private static final List<ReadContext> KNOWN = KmipVersion.SUPPORTED.stream()
            .map(version -> new ReadContext(version, null))
            .toList();

    static ReadContext of(KmipVersion version) {
        for (ReadContext known : KNOWN) {
            if (known.version.equals(version)) {
                return known;
            }
        }
        return new ReadContext(version, null);
    }
}
