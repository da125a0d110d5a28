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
 * @param logins when a login is looked at again
 * @param limits what a server spends on its clients
 */
public record SshConfiguration(
        Optional<String> users,
        String userLabel,
        FindBy findBy,
        Optional<String> hostKeys,
        Optional<String> hostKeyLabel,
        Cache cache,
        Logins logins,
        Limits limits) {
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

    /** Which part of a login a key must still be there for. */
    public enum Revocation {
        /** {@code probe}: the client's question whether it may sign; the signed request shares its answer. */
        PROBE,
        /** {@code signed-request}: both; a key that was removed in between is refused. */
        SIGNED_REQUEST
    }

    /**
     * When a login is looked at again.
     *
     * @param revocation which part of it is looked up
     * @param endSessions how often the keys of live sessions are looked up again, more than zero and at most {@link
     *     #MAX_PERIOD}; a session whose key may no longer log in is ended. Empty: sessions live on
     */
    public record Logins(Revocation revocation, Optional<Duration> endSessions) {
        /** The longest period. */
        public static final Duration MAX_PERIOD = Duration.ofDays(1);

        /** One look-up a login, and none after it. */
        public static final Logins ONCE = new Logins(Revocation.PROBE, Optional.empty());

        /**
         * Checks the period.
         *
         * @throws IllegalArgumentException if it is out of its range
         */
        public Logins {
            endSessions.ifPresent(period -> {
                if (period.isZero() || period.isNegative() || period.compareTo(MAX_PERIOD) > 0) {
                    throw new IllegalArgumentException(
                            "endSessions is " + period + "; it must be more than 0 and at most " + MAX_PERIOD);
                }
            });
        }
    }

    /**
     * What a server spends on its clients; what is empty is as the server has it by itself.
     *
     * @param workers how many threads serve connections
     * @param tokenDeadline how long a login waits for a token
     * @param maxUnauthenticated how many connections may be open that have not logged in
     * @param loginGrace how long a client has to log in
     */
    public record Limits(
            Optional<Integer> workers,
            Optional<Duration> tokenDeadline,
            Optional<Integer> maxUnauthenticated,
            Optional<Duration> loginGrace) {
        /** The most workers. */
        public static final int MAX_WORKERS = 1024;

        /** The longest time. */
        public static final Duration MAX_TIME = Duration.ofHours(1);

        /** All as the server has it. */
        public static final Limits DEFAULTS =
                new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
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
        this(users, userLabel, findBy, hostKeys, hostKeyLabel, Cache.NONE, Logins.ONCE, Limits.DEFAULTS);
    }

    static SshConfiguration ofDefaults() {
        return new SshConfiguration(Optional.empty(), USER, FindBy.ID, Optional.empty(), Optional.empty());
    }
}
