package org.symbolon.soft;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.symbolon.Bytes;
import org.symbolon.Status;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.SettingsText;
import org.symbolon.soft.seal.TokenRecord;

/**
 * What a key slot says of itself: authenticated with its key and signed with the token, so that nobody who edits the
 * database gives a PIN more tries or a longer life.
 *
 * @param kind whether a PIN opens it or a recovery code
 * @param name the name of a PIN beside the first; empty for the others
 * @param maxTries how many wrong PINs lock; 0 where only the database's row says, as version 0.1 wrote it
 * @param setAtMillis when the PIN was set, in milliseconds since 1970; 0 where nobody noted it
 * @param mustChange whether the PIN is good for nothing but being changed
 */
record SlotSettings(Kind kind, String name, int maxTries, long setAtMillis, boolean mustChange) {
    /** What opens a key slot. */
    enum Kind {
        PIN,
        RECOVERY
    }

    private static final String KIND = "kind";
    private static final String NAME = "name";
    private static final String TRIES = "max-tries";
    private static final String SET_AT = "set-at";
    private static final String MUST_CHANGE = "must-change";
    private static final Set<String> KNOWN = Set.of(KIND, NAME, TRIES, SET_AT, MUST_CHANGE);
    private static final String VALID_NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,31}";

    /** Returns what a slot says. */
    static SlotSettings of(KeySlot slot) throws TokenProtocolException {
        try {
            Map<String, String> stored = SettingsText.read(slot.settings(), KNOWN);
            return new SlotSettings(
                    Kind.valueOf(stored.getOrDefault(KIND, Kind.PIN.name())),
                    stored.getOrDefault(NAME, ""),
                    Integer.parseInt(stored.getOrDefault(TRIES, "0")),
                    Long.parseLong(stored.getOrDefault(SET_AT, "0")),
                    Boolean.parseBoolean(stored.getOrDefault(MUST_CHANGE, "false")));
        } catch (IllegalArgumentException e) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the key slot's settings cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns what a PIN says that is set now in a token. */
    static SlotSettings ofNewPin(TokenRecord token, String name, boolean mustChange) throws TokenProtocolException {
        boolean hasPolicy = token.settings().length() > 0;
        int tries = hasPolicy ? TokenPolicy.of(token).pinTries() : 0;
        return new SlotSettings(Kind.PIN, name, tries, System.currentTimeMillis(), mustChange);
    }

    /** Returns whether a name may be given to a PIN. */
    static boolean isName(String name) {
        return name.matches(VALID_NAME);
    }

    boolean isRecovery() {
        return kind == Kind.RECOVERY;
    }

    Bytes toBytes() {
        SortedMap<String, String> stored = new TreeMap<>();
        stored.put(KIND, kind.name());
        stored.put(NAME, name);
        stored.put(TRIES, Integer.toString(maxTries));
        stored.put(SET_AT, Long.toString(setAtMillis));
        stored.put(MUST_CHANGE, Boolean.toString(mustChange));
        return SettingsText.write(stored);
    }

    /** Returns whether a user's PIN has to be changed before it is good for anything else. */
    boolean isExpired(TokenPolicy policy, long nowMillis) {
        return mustChange
                || (kind == Kind.PIN
                        && policy.maxPinAgeDays() > 0
                        && nowMillis - setAtMillis > policy.maxPinAge().toMillis());
    }

    /** Returns when the PIN was set, in words. */
    String since() {
        return setAtMillis == 0
                ? "at an unknown time"
                : Instant.ofEpochMilli(setAtMillis).toString();
    }
}
