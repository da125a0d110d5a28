package org.symbolon.soft;

import java.util.Map;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TokenTable;
import org.symbolon.soft.store.TryTable;

/**
 * Changes a token's record and key slots in one transaction, signed: on what the token signed last, and nothing else.
 *
 * @param token the token
 * @param settings the module's settings
 * @param key the token's signing key, open as long as the change takes
 */
record RecordChange(OpenToken token, SoftSettings settings, SigningKey key) {
    /** Makes of what there is what shall be. May run more than once. */
    @FunctionalInterface
    interface Edit {
        Slots next(Sql sql, Slots now) throws TokenException;
    }

    /** Reads what the token signed, to make ready what is written then. */
    Slots read(Deadline deadline) throws TokenException {
        Bytes signer = Bytes.wrap(key.publicKey());
        return token.database().read(deadline, sql -> Slots.signed(sql, token, signer));
    }

    void write(Deadline deadline, Edit edit) throws TokenException {
        Bytes signer = Bytes.wrap(key.publicKey());
        TokenRecord written = token.database().write(deadline, token.slot(), sql -> {
            Slots now = Slots.latest(sql, token, signer);
            Slots next = edit.next(sql, now);
            save(sql, now, next);
            TokenRecord record = next.record().withKeySlots(next.all(), key);
            token.save(sql, record);
            return record;
        });
        Anchoring.committed(settings, written.uuid(), written.epoch());
    }

    private void save(Sql sql, Slots now, Slots next) throws TokenException {
        for (KeySlot slot : now.all()) {
            if (next.find(slot.role(), slot.number()).isEmpty()) {
                TokenTable.remove(sql, token.slot(), slot);
            }
        }
        for (KeySlot slot : next.all()) {
            if (!now.all().contains(slot)) {
                TokenTable.save(sql, token.slot(), slot, maxTries(sql, slot));
            }
        }
    }

    /** Returns the tries for the row: what the slot says, else what the row says until now, else what is usual. */
    private int maxTries(Sql sql, KeySlot slot) throws TokenException {
        int own = SlotSettings.of(slot).maxTries();
        Map<Integer, TryTable.Failures> failures = TryTable.failures(sql, token.slot(), slot.role());
        TryTable.Failures row = failures.get(slot.number());
        if (own > 0 || row == null) {
            return own > 0 ? own : settings.policy().pinTries();
        }
        return row.maxTries();
    }
}
