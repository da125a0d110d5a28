package org.symbolon.kmip;

import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;

/** What Locate means by an attribute (KMIP 2.1 section 6.1.26), where the client can tell. */
final class LocateFilter {
    private LocateFilter() {}

    /** {@return whether an object has what is wanted; dates and limits, which Locate takes as ranges, are the server's matter} */
    static boolean matches(Attribute<?> wanted, Attributes object) {
        if (wanted.value() instanceof CryptographicUsageMask mask) {
            return object.get(AttributeType.CRYPTOGRAPHIC_USAGE_MASK)
                    .filter(has -> has.has(mask.value()))
                    .isPresent();
        }
        if (wanted.value() instanceof java.time.Instant || wanted.type().equals(AttributeType.USAGE_LIMITS)) {
            return !object.all(wanted.type()).isEmpty();
        }
        return object.all(wanted.type()).contains(wanted.value());
    }
}
