package org.symbolon.soft;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.Role;
import org.symbolon.TokenException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TokenTable;
import org.symbolon.soft.store.TryTable;

/**
 * How many wrong PINs there were, of how many.
 *
 * <p>The PINs of a role count together: several PINs give nobody more tries. A right PIN takes back only its own
 * failures, so that who knows one PIN gets no more tries at another. Recovery codes count apart and never lock, since
 * they cannot be guessed, and must open a token whose PIN is locked.
 *
 * @param max how many failures lock
 * @param failed how many there were
 * @param lastFailure when the last one was, in milliseconds since 1970
 * @param running how many tries are running now
 */
record PinCounter(int max, int failed, long lastFailure, int running) {

    int left() {
        return Math.max(0, max - failed);
    }

    /** Returns the counter of a role's PINs; empty if it has none. */
    static Optional<PinCounter> ofPins(Sql sql, long token, Role role, long now) throws TokenException {
        List<KeySlot> slots = TokenTable.keySlots(sql, token).stream()
                .filter(slot -> slot.role() == role)
                .toList();
        return ofPins(slots, TryTable.failures(sql, token, role), TryTable.running(sql, token, role, now));
    }

    /** Returns the counter that a try at a slot counts in; empty if there is no such slot. */
    static Optional<PinCounter> of(Sql sql, long token, Role role, int number, long now) throws TokenException {
        List<KeySlot> slots = TokenTable.keySlots(sql, token).stream()
                .filter(slot -> slot.role() == role)
                .toList();
        Optional<KeySlot> tried =
                slots.stream().filter(slot -> slot.number() == number).findFirst();
        if (tried.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, TryTable.Failures> failures = TryTable.failures(sql, token, role);
        int running = TryTable.running(sql, token, role, now);
        if (!SlotSettings.of(tried.get()).isRecovery()) {
            return ofPins(slots, failures, running);
        }
        return Optional.ofNullable(failures.get(number))
                .map(own -> new PinCounter(Integer.MAX_VALUE, own.failed(), own.lastFailure(), running));
    }

    private static Optional<PinCounter> ofPins(
            Collection<KeySlot> slots, Map<Integer, TryTable.Failures> failures, int running) throws TokenException {
        int max = Integer.MAX_VALUE;
        long failed = 0;
        long lastFailure = 0;
        boolean any = false;
        for (KeySlot slot : slots) {
            SlotSettings settings = SlotSettings.of(slot);
            TryTable.Failures own = failures.get(slot.number());
            if (own != null && !settings.isRecovery()) {
                any = true;
                max = Math.min(max, settings.maxTries() > 0 ? settings.maxTries() : own.maxTries());
                failed += own.failed();
                lastFailure = Math.max(lastFailure, own.lastFailure());
            }
        }
        return any
                ? Optional.of(new PinCounter(max, (int) Math.min(failed, Integer.MAX_VALUE), lastFailure, running))
                : Optional.empty();
    }
}
