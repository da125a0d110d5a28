package org.symbolon.soft.store;

import java.util.List;
import java.util.Optional;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.TokenRecord;

/** The tables of tokens and of their key slots. */
public final class TokenTable {
    private static final String SELECT =
            "SELECT slot, uuid, label, master_version, so_mode, index_salt, verify_key, signing_key, key_slots,"
                    + " settings, epoch, root, signature FROM token";
    private static final String SELECT_ONE = SELECT + " WHERE slot = ?";

    private static final Sql.Mapper<TokenRecord> TOKEN = row -> new TokenRecord(
            Sql.uuid(row, 2),
            row.getLong(1),
            row.getString(3),
            row.getLong(4),
            row.getLong(5),
            Sql.blob(row, 6),
            Sql.blob(row, 7),
            Sql.blob(row, 8),
            Sql.blob(row, 9),
            Sql.blob(row, 10),
            row.getLong(11),
            Sql.blob(row, 12),
            Sql.blob(row, 13));

    private static final Sql.Mapper<KeySlot> KEY_SLOT = row -> new KeySlot(
            RoleCode.role(row.getLong(1)),
            row.getInt(2),
            row.getString(3),
            Sql.blob(row, 4),
            row.getString(5),
            row.getLong(6),
            Sql.blob(row, 7),
            Sql.blob(row, 8));

    private TokenTable() {}

    /**
     * Returns all tokens.
     *
     * @param sql the transaction
     * @return their records, by slot
     */
    public static List<TokenRecord> all(Sql sql) {
        return sql.query(SELECT + " ORDER BY slot", TOKEN);
    }

    /**
     * Returns the token in a slot.
     *
     * @param sql the transaction
     * @param slot the slot
     * @return its record, or empty
     */
    public static Optional<TokenRecord> find(Sql sql, long slot) {
        return sql.queryOne(SELECT_ONE, TOKEN, slot);
    }

    /**
     * Foresees that the token in a slot is asked for.
     *
     * @param flight what is foreseen
     * @param slot the slot
     */
    public static void foresee(Flight flight, long slot) {
        flight.add(SELECT_ONE, TOKEN, slot);
    }

    /**
     * Writes a token's record in the place of the one before.
     *
     * @param sql the transaction
     * @param token the record
     */
    public static void save(Sql sql, TokenRecord token) {
        sql.changed(token.slot(), token.epoch());
        sql.updateOne(
                "INSERT INTO token (slot, uuid, label, master_version, so_mode, index_salt, verify_key, signing_key,"
                        + " key_slots, settings, epoch, root, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON"
                        + " CONFLICT (slot) DO UPDATE SET uuid = excluded.uuid, label = excluded.label, master_version ="
                        + " excluded.master_version, so_mode = excluded.so_mode, index_salt = excluded.index_salt,"
                        + " verify_key = excluded.verify_key, signing_key = excluded.signing_key, key_slots ="
                        + " excluded.key_slots, settings = excluded.settings, epoch = excluded.epoch, root ="
                        + " excluded.root, signature = excluded.signature",
                token.slot(),
                token.uuid(),
                token.label(),
                token.masterVersion(),
                token.soMode(),
                token.indexSalt(),
                token.verifyKey(),
                token.signingKey(),
                token.keySlots(),
                token.settings(),
                token.epoch(),
                token.root(),
                token.signature());
    }

    /**
     * Removes a token and all that belongs to it.
     *
     * @param sql the transaction
     * @param slot its slot
     */
    public static void remove(Sql sql, long slot) {
        sql.update("DELETE FROM attribute_tag WHERE token = ?", slot);
        sql.update("DELETE FROM token WHERE slot = ?", slot);
    }

    /**
     * Returns a token's key slots.
     *
     * @param sql the transaction
     * @param slot the token's slot
     * @return the key slots
     */
    public static List<KeySlot> keySlots(Sql sql, long slot) {
        return sql.query(
                "SELECT role, number, kdf, salt, host_secret, master_version, settings, wrapped FROM key_slot"
                        + " WHERE token = ?",
                KEY_SLOT,
                slot);
    }

    /**
     * Writes a key slot in the place of the one before, if there was one, whose failures it keeps.
     *
     * @param sql the transaction
     * @param slot the token's slot
     * @param keySlot the key slot
     * @param maxTries how often a wrong PIN may be given
     */
    public static void save(Sql sql, long slot, KeySlot keySlot, int maxTries) {
        sql.updateOne(
                "INSERT INTO key_slot (token, role, number, kdf, salt, host_secret, master_version, settings, wrapped,"
                        + " max_tries, failed_tries, last_failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)"
                        + " ON CONFLICT (token, role, number) DO UPDATE SET kdf = excluded.kdf, salt = excluded.salt,"
                        + " host_secret = excluded.host_secret, master_version = excluded.master_version,"
                        + " settings = excluded.settings, wrapped = excluded.wrapped, max_tries = excluded.max_tries",
                slot,
                RoleCode.of(keySlot.role()),
                keySlot.number(),
                keySlot.kdf(),
                keySlot.salt(),
                keySlot.hostSecret(),
                keySlot.masterVersion(),
                keySlot.settings(),
                keySlot.wrapped(),
                maxTries);
    }

    /**
     * Removes a key slot.
     *
     * @param sql the transaction
     * @param slot the token's slot
     * @param keySlot the key slot
     */
    public static void remove(Sql sql, long slot, KeySlot keySlot) {
        sql.updateOne(
                "DELETE FROM key_slot WHERE token = ? AND role = ? AND number = ?",
                slot,
                RoleCode.of(keySlot.role()),
                keySlot.number());
    }
}
