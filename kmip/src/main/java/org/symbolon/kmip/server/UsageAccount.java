package org.symbolon.kmip.server;

import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.UsageLimitsUnit;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.UsageLimits;

/** How often, or for how much, keys may still protect (KMIP 2.1 section 4.65). */
final class UsageAccount {
    private final ObjectStore store;

    UsageAccount(ObjectStore store) {
        this.store = store;
    }

    /** Returns limits of which nothing is used. */
    static UsageLimits opened(UsageLimits limits) {
        return new UsageLimits(limits.usageLimitsTotal(), limits.usageLimitsTotal(), limits.usageLimitsUnit());
    }

    /** Returns how much is left. */
    static long left(UsageLimits limits) {
        Long count = limits.usageLimitsCount();
        return count == null ? limits.usageLimitsTotal() : count;
    }

    /**
     * Takes from what is left, before the use: who does not get it has not used the key, and what is taken is never given back.
     *
     * @param begins whether an operation begins, which limits that count operations count
     * @param bytes how much is protected, which limits that count bytes count
     */
    void use(Managed key, boolean begins, long bytes) throws KmipFailure, TokenException {
        UsageLimits limits = key.get(AttributeType.USAGE_LIMITS).orElseThrow();
        boolean counted = limits.usageLimitsUnit().equals(UsageLimitsUnit.BYTE);
        long needed = counted ? bytes : begins ? 1 : 0;
        if (needed > 0) {
            take(key.id(), needed);
        }
    }

    /** Takes from what is left. */
    void take(String id, long needed) throws KmipFailure, TokenException {
        store.changing(id, key -> {
            UsageLimits limits = key.get(AttributeType.USAGE_LIMITS)
                    .orElseThrow(
                            () -> new KmipFailure(ResultReason.ATTRIBUTE_NOT_FOUND, "the object has no Usage Limits"));
            long left = left(limits);
            if (needed < 0 || needed > left) {
                throw new KmipFailure(
                        ResultReason.USAGE_LIMIT_EXCEEDED,
                        needed + " are asked for, and the Usage Limits leave " + left);
            }
            UsageLimits less = new UsageLimits(limits.usageLimitsTotal(), left - needed, limits.usageLimitsUnit());
            return store.note(key, key.with(AttributeType.USAGE_LIMITS, less));
        });
    }
}
