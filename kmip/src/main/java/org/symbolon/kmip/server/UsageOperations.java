package org.symbolon.kmip.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Check;
import org.symbolon.kmip.operation.GetUsageAllocation;
import org.symbolon.kmip.operation.ObtainLease;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Obtain Lease, Get Usage Allocation and Check (KMIP 2.1 section 6.1): what clients ask that use keys on their own. */
final class UsageOperations {
    private static final Set<State> LEASED = Set.of(State.PRE_ACTIVE, State.ACTIVE, State.DEACTIVATED);

    private final ObjectStore store;
    private final UsageAccount account;

    UsageOperations(ObjectStore store) {
        this.store = store;
        this.account = new UsageAccount(store);
    }

    void addTo(Handlers handlers) {
        handlers.add(ObtainLease.Request.class, this::lease);
        handlers.add(GetUsageAllocation.Request.class, this::allocate);
        handlers.add(Check.Request.class, this::check);
    }

    private ObtainLease.Response lease(ObtainLease.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        Instant now = store.now();
        if (!LEASED.contains(object.state(now))) {
            throw new KmipFailure(
                    ResultReason.PERMISSION_DENIED,
                    "no lease is given for an object that is "
                            + object.state(now).xmlName());
        }
        return new ObtainLease.Response(
                UniqueIdentifier.of(object.id()),
                object.get(AttributeType.LEASE_TIME).orElse(store.semantics().leaseTime()),
                object.get(AttributeType.LAST_CHANGE_DATE).orElse(now));
    }

    private GetUsageAllocation.Response allocate(GetUsageAllocation.Request request, Batch batch)
            throws KmipFailure, TokenException {
        String id = batch.id(request.uniqueIdentifier());
        account.take(id, request.usageLimitsCount());
        return new GetUsageAllocation.Response(UniqueIdentifier.of(id));
    }

    private Check.Response check(Check.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        CryptographicUsageMask bits = request.cryptographicUsageMask();
        boolean lacks = bits != null
                && object.get(AttributeType.CRYPTOGRAPHIC_USAGE_MASK)
                        .filter(mask -> mask.has(bits.value()))
                        .isEmpty();
        Long needed = request.usageLimitsCount();
        boolean over = needed != null
                && object.get(AttributeType.USAGE_LIMITS)
                        .filter(limits -> UsageAccount.left(limits) < needed)
                        .isPresent();
        if (batch.version().isAtLeast(KmipVersion.V2_0)) {
            failing(lacks, over);
        }
        Duration lease = request.leaseTime();
        Duration given =
                object.get(AttributeType.LEASE_TIME).orElse(store.semantics().leaseTime());
        boolean tooLong = lease != null && lease.compareTo(given) > 0;
        return new Check.Response(
                UniqueIdentifier.of(object.id()), over ? needed : null, lacks ? bits : null, tooLong ? given : null);
    }

    /** What KMIP 1.x answers by naming what is not granted is a failure from 2.0 on. */
    private static void failing(boolean lacks, boolean over) throws KmipFailure {
        if (lacks) {
            throw new KmipFailure(
                    ResultReason.INCOMPATIBLE_CRYPTOGRAPHIC_USAGE_MASK,
                    "the object is not for the use that is checked");
        } else if (over) {
            throw new KmipFailure(ResultReason.USAGE_LIMIT_EXCEEDED, "the Usage Limits leave less than is checked");
        }
    }
}
