package org.symbolon.ssh.mina;

import java.time.Duration;
import org.symbolon.config.SshConfiguration;

/**
 * What a MINA server of {@link TokenSsh} spends on its clients. Immutable.
 *
 * @param workers MINA's I/O workers, 2 to {@value #MAX_WORKERS}: at most half of them wait for tokens, of 2 and 3 both kinds of
 *     calls on one each
 * @param tokenDeadline how long a worker waits for one call to a token; more than zero
 * @param maxUnauthenticated how many connections may be open that have not logged in, 1 or more; with one more, the oldest of
 *     the address with the most of them is closed
 * @param loginGrace how long a client has to log in; more than zero
 * @param maxAuthRequests how many requests to log in a connection may make, probes included; 1 or more
 */
public record ServerLimits(
        int workers, Duration tokenDeadline, int maxUnauthenticated, Duration loginGrace, int maxAuthRequests) {
    /** The most workers. */
    public static final int MAX_WORKERS = 1024;

    private static final ServerLimits DEFAULTS = builder().build();

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ServerLimits {
        if (workers < 2 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException("workers is " + workers + "; it must be 2 to " + MAX_WORKERS);
        }
        requireSome("tokenDeadline", tokenDeadline);
        requireSome("loginGrace", loginGrace);
        requireSome("maxUnauthenticated", maxUnauthenticated);
        requireSome("maxAuthRequests", maxAuthRequests);
    }

    /**
     * The limits of a server that says nothing else: 32 workers, 2 s for a call, 512 connections that have not logged in, 2
     * minutes and 20 requests to log in.
     *
     * @return the defaults
     */
    public static ServerLimits ofDefaults() {
        return DEFAULTS;
    }

    /**
     * The limits that the configuration file's section {@code ssh.server} sets, and the defaults of the others.
     *
     * @param configuration the section {@code ssh}
     * @return the limits
     * @throws IllegalArgumentException if one is out of its range
     */
    public static ServerLimits of(SshConfiguration configuration) {
        Builder limits = builder();
        configuration.limits().workers().ifPresent(limits::workers);
        configuration.limits().tokenDeadline().ifPresent(limits::tokenDeadline);
        configuration.limits().maxUnauthenticated().ifPresent(limits::maxUnauthenticated);
        configuration.limits().loginGrace().ifPresent(limits::loginGrace);
        return limits.build();
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Look-ups may wait on three eighths of the workers, so that a store which hangs leaves places for host keys. */
    TokenCalls lookups() {
        return new TokenCalls("look-ups of users' keys", Math.max(1, workers * 3 / 8), tokenDeadline);
    }

    /** Signatures may wait on one eighth of the workers. */
    TokenCalls signatures() {
        return new TokenCalls("signatures by host keys", Math.max(1, workers / 8), tokenDeadline);
    }

    private static void requireSome(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be 1 or more");
        }
    }

    private static void requireSome(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be more than zero");
        }
    }

    /** Collects {@link ServerLimits}. Not thread-safe. */
    public static final class Builder {
        private int workers = 32;
        private Duration tokenDeadline = Duration.ofSeconds(2);
        private int maxUnauthenticated = 512;
        private Duration loginGrace = Duration.ofMinutes(2);
        private int maxAuthRequests = 20;

        private Builder() {}

        /**
         * Sets the number of I/O workers.
         *
         * @param count 2 to {@value #MAX_WORKERS}
         * @return this
         */
        public Builder workers(int count) {
            this.workers = count;
            return this;
        }

        /**
         * Sets how long a worker waits for one call to a token.
         *
         * @param time more than zero
         * @return this
         */
        public Builder tokenDeadline(Duration time) {
            this.tokenDeadline = time;
            return this;
        }

        /**
         * Sets how many connections may be open that have not logged in.
         *
         * @param count 1 or more
         * @return this
         */
        public Builder maxUnauthenticated(int count) {
            this.maxUnauthenticated = count;
            return this;
        }

        /**
         * Sets how long a client has to log in.
         *
         * @param time more than zero
         * @return this
         */
        public Builder loginGrace(Duration time) {
            this.loginGrace = time;
            return this;
        }

        /**
         * Sets how many requests to log in a connection may make. Probes count, so that a client which offers ten keys makes
         * ten and one.
         *
         * @param count 1 or more
         * @return this
         */
        public Builder maxAuthRequests(int count) {
            this.maxAuthRequests = count;
            return this;
        }

        /**
         * Checks the values and makes the limits.
         *
         * @return the limits
         * @throws IllegalArgumentException if one is out of its range
         */
        public ServerLimits build() {
            return new ServerLimits(workers, tokenDeadline, maxUnauthenticated, loginGrace, maxAuthRequests);
        }
    }
}
