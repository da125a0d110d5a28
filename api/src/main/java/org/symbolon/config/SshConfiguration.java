package org.symbolon.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What the SSH server finds in tokens.
 *
 * @param users the name of the token that holds the users' authorized keys
 * @param userLabel the label of a user's keys, in which {@code {user}} stands for the user's name
 * @param findBy by what a key is looked up
 * @param hostKeys the name of the token that holds the server's host keys
 * @param hostKeyLabel the label of the host keys; empty takes every private key that can sign
 * @param cache for how long users' keys are remembered
 */
public record SshConfiguration(
        Optional<String> users,
        String userLabel,
        FindBy findBy,
        Optional<String> hostKeys,
        Optional<String> hostKeyLabel,
        Cache cache) {
    /** What stands for the user's name in {@link #userLabel}. */
    public static final String USER = "{user}";

    /** By what a user's key is looked up in a token. */
    public enum FindBy {
        /** {@code id}: by label and CKA_ID, the SHA-256 of the key; one exact find. */
        ID,
        /** {@code key}: by label and the key's own modulus or point; for tokens where ids cannot be chosen. */
        KEY,
        /** {@code label}: by label alone, then each is compared; for tokens that find by nothing else. */
        LABEL
    }

    /**
     * For how long users' keys are remembered.
     *
     * @param age how old an answer may be, at most {@link #MAX_AGE}; zero: nothing is remembered
     * @param keys how many keys are remembered at most, 1 to {@value #MAX_KEYS}
     * @param outage how long, after they were read, keys let users in while the token cannot be reached, at most {@link
     *     #MAX_OUTAGE}; zero: logins are refused
     */
    public record Cache(Duration age, int keys, Duration outage) {
        /** The longest age. */
        public static final Duration MAX_AGE = Duration.ofHours(1);

        /** The most keys. */
        public static final int MAX_KEYS = 10_000_000;

        /** The longest outage that is bridged. */
        public static final Duration MAX_OUTAGE = Duration.ofDays(7);

        /** Nothing is remembered. */
        public static final Cache NONE = new Cache(Duration.ZERO, 100_000, Duration.ZERO);

        /**
         * Checks all of it.
         *
         * @throws IllegalArgumentException if a value is out of its range, or an outage is to be bridged with nothing remembered
         */
        public Cache {
            range("age", age, MAX_AGE);
            range("outage", outage, MAX_OUTAGE);
            if (keys < 1 || keys > MAX_KEYS) {
                throw new IllegalArgumentException("keys is " + keys + "; it must be 1 to " + MAX_KEYS);
            }
            if (age.isZero() && !outage.isZero()) {
                throw new IllegalArgumentException(
                        "outage is " + outage + ", but age is 0, so that nothing is remembered that could be served");
            }
        }

        private static void range(String what, Duration value, Duration max) {
            if (value.isNegative() || value.compareTo(max) > 0) {
                throw new IllegalArgumentException(what + " is " + value + "; it must be 0 to " + max);
            }
        }
    }

    /**
     * A section in which nothing is remembered.
     *
     * @param users the name of the token that holds the users' authorized keys
     * @param userLabel the label of a user's keys, in which {@code {user}} stands for the user's name
     * @param findBy by what a key is looked up
     * @param hostKeys the name of the token that holds the server's host keys
     * @param hostKeyLabel the label of the host keys; empty takes every private key that can sign
     */
    public SshConfiguration(
            Optional<String> users,
            String userLabel,
            FindBy findBy,
            Optional<String> hostKeys,
            Optional<String> hostKeyLabel) {
        this(users, userLabel, findBy, hostKeys, hostKeyLabel, Cache.NONE);
    }

    static SshConfiguration ofDefaults() {
        return new SshConfiguration(Optional.empty(), USER, FindBy.ID, Optional.empty(), Optional.empty());
    }
}
