package org.symbolon.kmip.server;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;

/** Whether a key may be used now: its mask, its state and its dates (KMIP 2.1 sections 4.17 and 4.57). */
final class Use {
    private static final Set<State> PROCESSING = Set.of(State.ACTIVE, State.DEACTIVATED, State.COMPROMISED);

    private final ObjectStore store;
    private final UsageAccount account;

    Use(ObjectStore store) {
        this.store = store;
        this.account = new UsageAccount(store);
    }

    /** Returns a key that may protect: sign, encrypt, wrap, derive. */
    KeyObject protecting(Managed key, CryptographicUsageMask bit) throws KmipFailure {
        permitProtecting(key, bit);
        return computing(key);
    }

    /** Refuses an object that may not protect, whether the token can compute with it or not. */
    void permitProtecting(Managed key, CryptographicUsageMask... anyOf) throws KmipFailure {
        Instant now = store.now();
        requireState(key, Set.of(State.ACTIVE), now);
        if (key.isReached(AttributeType.PROTECT_STOP_DATE, now)) {
            throw new KmipFailure(ResultReason.WRONG_KEY_LIFECYCLE_STATE, "the key's Protect Stop Date is over");
        }
        requireAny(key, anyOf);
    }

    /** Returns a key that may process what was protected: verify, decrypt, unwrap. */
    KeyObject processing(Managed key, CryptographicUsageMask bit) throws KmipFailure {
        permitProcessing(key, bit);
        return computing(key);
    }

    /** Refuses an object that may not process, whether the token can compute with it or not. */
    void permitProcessing(Managed key, CryptographicUsageMask... anyOf) throws KmipFailure {
        Instant now = store.now();
        requireState(key, PROCESSING, now);
        if (key.get(AttributeType.PROCESS_START_DATE)
                .filter(date -> date.isAfter(now))
                .isPresent()) {
            throw new KmipFailure(
                    ResultReason.WRONG_KEY_LIFECYCLE_STATE, "the key's Process Start Date is not reached yet");
        }
        requireAny(key, anyOf);
    }

    /** Counts a use against the key's Usage Limits: an operation where it begins, or the bytes of this part of it. */
    void count(Managed key, boolean begins, @Nullable Bytes data) throws KmipFailure, TokenException {
        if (key.get(AttributeType.USAGE_LIMITS).isPresent()) {
            account.use(key, begins, data == null ? 0 : data.length());
        }
    }

    private static void requireState(Managed key, Set<State> legal, Instant now) throws KmipFailure {
        if (key.isArchived()) {
            throw new KmipFailure(ResultReason.OBJECT_ARCHIVED, "the key is archived; recover it before it is used");
        }
        State state = key.state(now);
        if (!legal.contains(state)) {
            throw new KmipFailure(
                    ResultReason.WRONG_KEY_LIFECYCLE_STATE,
                    "the key is " + state.xmlName() + "; activate it before it is used");
        }
    }

    private static void requireAny(Managed key, CryptographicUsageMask... anyOf) throws KmipFailure {
        Optional<CryptographicUsageMask> mask = key.get(AttributeType.CRYPTOGRAPHIC_USAGE_MASK);
        if (mask.isPresent() && Arrays.stream(anyOf).noneMatch(bit -> mask.get().has(bit.value()))) {
            throw new KmipFailure(
                    ResultReason.INCOMPATIBLE_CRYPTOGRAPHIC_USAGE_MASK,
                    "the key's Cryptographic Usage Mask lacks " + anyOf[0].names());
        }
    }

    /** Returns the key, if it is one that the token computes with. */
    static KeyObject computing(Managed key) throws KmipFailure {
        if (key.object() instanceof KeyObject object) {
            return object;
        }
        throw new KmipFailure(
                ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS,
                "the token keeps this object and cannot compute with it");
    }
}
