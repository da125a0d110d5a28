package org.symbolon.soft;

import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TokenTable;

/**
 * A token's record and its key slots in one transaction.
 *
 * @param record the record
 * @param all the key slots
 */
record Slots(TokenRecord record, List<KeySlot> all) {
    Slots {
        all = List.copyOf(all);
    }

    /** Reads them, unverified. */
    static Slots read(Sql sql, OpenToken token) throws TokenException {
        return new Slots(token.record(sql), TokenTable.keySlots(sql, token.slot()));
    }

    /** Reads them, if the holder of a key signed them. */
    static Slots signed(Sql sql, OpenToken token, Bytes signer) throws TokenException {
        return signed(sql, token, token.record(sql, signer));
    }

    /** Reads them in a transaction that writes, if the holder of a key signed them. */
    static Slots latest(Sql sql, OpenToken token, Bytes signer) throws TokenException {
        return signed(sql, token, token.latestRecord(sql, signer));
    }

    private static Slots signed(Sql sql, OpenToken token, TokenRecord record) throws TokenException {
        Slots slots = new Slots(record, TokenTable.keySlots(sql, token.slot()));
        if (!slots.areSigned()) {
            throw new TokenProtocolException(Status.ckr("CKR_DEVICE_ERROR"), "the key slots were tampered with");
        }
        return slots;
    }

    /** Returns whether these are the key slots that the record speaks of. */
    boolean areSigned() {
        return record.hasKeySlots(all);
    }

    /** Returns the slot of a role and number. */
    Optional<KeySlot> find(Role role, int number) {
        return all.stream()
                .filter(slot -> slot.role() == role && slot.number() == number)
                .findFirst();
    }

    /** Returns the slots of a role. */
    List<KeySlot> of(Role role) {
        return all.stream().filter(slot -> slot.role() == role).toList();
    }

    /** Returns whether the security officer can decrypt what the token holds. */
    boolean officerOpensToken() {
        return record.soMode() == TokenRecord.SO_OPENS_TOKEN;
    }
}
