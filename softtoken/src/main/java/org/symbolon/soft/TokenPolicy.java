package org.symbolon.soft;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.SettingsText;
import org.symbolon.soft.seal.TokenRecord;

/**
 * What a token asks of its PINs and objects. It is kept in the token, signed, chosen when the token is initialised and
 * changed by the security officer; what it says of PINs holds for those that are set from then on. Immutable.
 *
 * @param objects how strictly it rules over its objects
 * @param minPinBytes the shortest PIN in bytes of UTF-8, 4 to 255
 * @param minPinClasses how many of lower case, upper case, digits and other characters a PIN has, 1 to 4
 * @param newPinDiffers whether a new PIN is another one than that until now
 * @param maxPinAgeDays after how many days a user's PIN expires, 1 to 3650; 0 for never
 * @param changeAfterReset whether a user changes a PIN that the security officer has set
 * @param pinTries how many wrong PINs lock, 1 to 1000
 * @param backups whether the token may be backed up and copied to another store, keys that are not extractable included
 */
public record TokenPolicy(
        ObjectPolicy objects,
        int minPinBytes,
        int minPinClasses,
        boolean newPinDiffers,
        int maxPinAgeDays,
        boolean changeAfterReset,
        int pinTries,
        boolean backups) {
    /** The shortest PIN that a policy may allow, in bytes: {@value}. */
    public static final int LEAST_PIN_BYTES = 4;

    static final int MAX_TRIES = 1000;
    static final int DEFAULT_TRIES = 10;
    private static final int CLASSES = 4;
    private static final int MAX_DAYS = 3650;

    private static final String OBJECTS = "objects";
    private static final String MIN_LENGTH = "min-pin-length";
    private static final String MIN_CLASSES = "min-pin-classes";
    private static final String DIFFERS = "new-pin-differs";
    private static final String MAX_AGE = "max-pin-age-days";
    private static final String AFTER_RESET = "change-after-reset";
    private static final String TRIES = "pin-tries";
    private static final String BACKUPS = "backups";

    private static final TokenPolicy DEFAULT =
            new TokenPolicy(ObjectPolicy.COMPAT, LEAST_PIN_BYTES, 1, false, 0, false, DEFAULT_TRIES, true);

    /** Checks the ranges. */
    public TokenPolicy {
        requireRange(MIN_LENGTH, minPinBytes, LEAST_PIN_BYTES, Pin.MAX_BYTES);
        requireRange(MIN_CLASSES, minPinClasses, 1, CLASSES);
        requireRange(MAX_AGE, maxPinAgeDays, 0, MAX_DAYS);
        requireRange(TRIES, pinTries, 1, MAX_TRIES);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + min + " to " + max + ", not " + value);
        }
    }

    /** {@return the default: what PKCS #11 says of objects, PINs of 4 bytes and more that never expire, 10 tries} */
    public static TokenPolicy ofDefaults() {
        return DEFAULT;
    }

    /** Returns the policy of a token. */
    static TokenPolicy of(TokenRecord token) throws TokenProtocolException {
        return parse(token.settings());
    }

    /** Reads what {@link #toBytes} wrote. */
    static TokenPolicy parse(Bytes text) throws TokenProtocolException {
        try {
            SortedMap<String, String> defaults = DEFAULT.settings();
            return of(SettingsText.read(text, defaults.keySet()), defaults);
        } catch (IllegalArgumentException e) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the token's policy cannot be read: " + e.getMessage(), e);
        }
    }

    Bytes toBytes() {
        return SettingsText.write(settings());
    }

    /**
     * Returns the policy in words, as {@code symbolon token policy} shows it.
     *
     * @return name to value, sorted by name
     */
    public SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put(OBJECTS, objects.name().toLowerCase(Locale.ROOT));
        settings.put(MIN_LENGTH, Integer.toString(minPinBytes));
        settings.put(MIN_CLASSES, Integer.toString(minPinClasses));
        settings.put(DIFFERS, Boolean.toString(newPinDiffers));
        settings.put(MAX_AGE, Integer.toString(maxPinAgeDays));
        settings.put(AFTER_RESET, Boolean.toString(changeAfterReset));
        settings.put(TRIES, Integer.toString(pinTries));
        settings.put(BACKUPS, Boolean.toString(backups));
        return settings;
    }

    /**
     * Returns this policy with one setting changed.
     *
     * @param name one of the names of {@link #settings()}
     * @param value its value, written as there
     * @return the policy
     * @throws IllegalArgumentException if there is no such setting or it has no such value; the message says what is legal
     */
    public TokenPolicy with(String name, String value) {
        return of(Map.of(name, value), settings());
    }

    private static TokenPolicy of(Map<String, String> changes, SortedMap<String, String> rest) {
        changes.forEach((name, value) -> {
            if (rest.replace(name, value) == null) {
                throw new IllegalArgumentException(
                        "a policy has no " + name + "; it has " + String.join(", ", rest.keySet()));
            }
        });
        return new TokenPolicy(
                objects(value(rest, OBJECTS)),
                number(rest, MIN_LENGTH),
                number(rest, MIN_CLASSES),
                flag(rest, DIFFERS),
                number(rest, MAX_AGE),
                flag(rest, AFTER_RESET),
                number(rest, TRIES),
                flag(rest, BACKUPS));
    }

    /**
     * Returns this policy with another strictness.
     *
     * @param policy how strictly the token rules over its objects
     * @return the policy
     */
    public TokenPolicy withObjects(ObjectPolicy policy) {
        return new TokenPolicy(
                policy, minPinBytes, minPinClasses, newPinDiffers, maxPinAgeDays, changeAfterReset, pinTries, backups);
    }

    /**
     * Returns this policy with another limit of wrong PINs.
     *
     * @param tries 1 to 1000
     * @return the policy
     */
    public TokenPolicy withPinTries(int tries) {
        return new TokenPolicy(
                objects, minPinBytes, minPinClasses, newPinDiffers, maxPinAgeDays, changeAfterReset, tries, backups);
    }

    /**
     * Refuses a backup or a copy of the token, where its policy does.
     *
     * @throws TokenPermissionException if so
     */
    void requireBackups(String label) throws TokenPermissionException {
        if (!backups) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_ACTION_PROHIBITED"),
                    "the policy of token \"" + label + "\" forbids backups and copies; its security officer allows them"
                            + " with: symbolon token policy set backups=true",
                    null);
        }
    }

    /** Returns how old a user's PIN may be; zero for as old as it gets. */
    Duration maxPinAge() {
        return Duration.ofDays(maxPinAgeDays);
    }

    static ObjectPolicy objects(String text) {
        for (ObjectPolicy policy : ObjectPolicy.values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("objects are ruled over strict or compat, not " + text);
    }

    private static String value(Map<String, String> settings, String name) {
        return Objects.requireNonNull(settings.get(name));
    }

    private static int number(Map<String, String> settings, String name) {
        String text = value(settings, name);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a number, not " + text, e);
        }
    }

    private static boolean flag(Map<String, String> settings, String name) {
        String text = value(settings, name);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " is true or false, not " + text);
        };
    }
}
