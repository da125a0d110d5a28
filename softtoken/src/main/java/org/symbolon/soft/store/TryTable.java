package org.symbolon.soft.store;

import java.util.HashMap;
import java.util.Map;
import org.symbolon.Role;
import org.symbolon.soft.seal.KeySlot;

/**
 * The retry counters: failures that are certain, in the key slot, and tries that are running, each in a row of its own
 * until it is known how it ended.
 */
public final class TryTable {
    /**
     * How long a try may run, in milliseconds, until it is taken for dead: longer than the strongest key derivation
     * takes on a slow machine, else more tries could run than there are.
     */
    public static final long LIFETIME_MILLIS = 600_000;

    private TryTable() {}

    /**
     * The failures of one key slot.
     *
     * @param maxTries how many lock
     * @param failed how many there were since the last success
     * @param lastFailure when the last one was, in milliseconds since 1970
     */
    public record Failures(int maxTries, int failed, long lastFailure) {}

    /**
     * Returns the failures of each key slot of a role.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param role whose PINs
     * @return key slot number to failures
     */
    public static Map<Integer, Failures> failures(Sql sql, long token, Role role) {
        Map<Integer, Failures> failures = new HashMap<>();
        sql.query(
                        "SELECT number, max_tries, failed_tries, last_failure FROM key_slot"
                                + " WHERE token = ? AND role = ?",
                        row -> Map.entry(row.getInt(1), new Failures(row.getInt(2), row.getInt(3), row.getLong(4))),
                        token,
                        RoleCode.of(role))
                .forEach(entry -> failures.put(entry.getKey(), entry.getValue()));
        return failures;
    }

    /**
     * Returns how many tries are running.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param role whose PINs
     * @param now the time, in milliseconds since 1970; tries that expired before, or that nobody can have begun by now,
     *     do not count
     * @return their number
     */
    public static int running(Sql sql, long token, Role role, long now) {
        return sql.query(
                        "SELECT count(*) FROM pin_try WHERE token = ? AND role = ? AND expires > ? AND expires <= ?",
                        row -> row.getInt(1),
                        token,
                        RoleCode.of(role),
                        now,
                        now + LIFETIME_MILLIS)
                .get(0);
    }

    /**
     * Forgets the failures of a role, and its tries that are running.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param role whose PINs
     */
    public static void clear(Sql sql, long token, Role role) {
        sql.update("DELETE FROM pin_try WHERE token = ? AND role = ?", token, RoleCode.of(role));
        sql.update("UPDATE key_slot SET failed_tries = 0 WHERE token = ? AND role = ?", token, RoleCode.of(role));
    }

    /**
     * Notes a try that begins.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param role whose PIN
     * @param nonce names the try
     * @param now the time, in milliseconds since 1970
     */
    public static void begin(Sql sql, long token, Role role, byte[] nonce, long now) {
        sql.update(
                "DELETE FROM pin_try WHERE token = ? AND (expires <= ? OR expires > ?)",
                token,
                now,
                now + LIFETIME_MILLIS);
        sql.updateOne(
                "INSERT INTO pin_try (token, role, nonce, expires) VALUES (?, ?, ?, ?)",
                token,
                RoleCode.of(role),
                nonce,
                now + LIFETIME_MILLIS);
    }

    /**
     * Notes how a try ended. A right PIN clears the failures of the slot that it opened, and of no later one in its place.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param slot the key slot that was tried
     * @param nonce names the try
     * @param success whether the PIN was right
     * @param now the time, in milliseconds since 1970
     */
    public static void end(Sql sql, long token, KeySlot slot, byte[] nonce, boolean success, long now) {
        Role role = slot.role();
        abandon(sql, token, role, nonce);
        if (success) {
            sql.update(
                    "UPDATE key_slot SET failed_tries = 0 WHERE token = ? AND role = ? AND salt = ?"
                            + " AND failed_tries < max_tries AND failed_tries > 0",
                    token,
                    RoleCode.of(role),
                    slot.salt());
        } else {
            sql.update(
                    "UPDATE key_slot SET failed_tries = failed_tries + 1, last_failure = ?"
                            + " WHERE token = ? AND role = ? AND number = ?",
                    now,
                    token,
                    RoleCode.of(role),
                    slot.number());
        }
    }

    /**
     * Forgets a try that ended without telling anything of the PIN.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param role whose PIN
     * @param nonce names the try
     */
    public static void abandon(Sql sql, long token, Role role, byte[] nonce) {
        sql.update("DELETE FROM pin_try WHERE token = ? AND role = ? AND nonce = ?", token, RoleCode.of(role), nonce);
    }
}
