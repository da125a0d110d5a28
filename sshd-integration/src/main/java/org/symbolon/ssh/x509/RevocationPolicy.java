package org.symbolon.ssh.x509;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How is learned whether a certificate was revoked, and what follows when it cannot be learned. Immutable.
 *
 * <p>Asked in this order: the CRLs that {@link Authorities} hold, OCSP responses that came with the chain, an OCSP responder,
 * the CRL at the certificate's distribution point. Who says "revoked" is believed at once; the first who says "good" ends the
 * search. Responders and distribution points are those that a trusted authority wrote into the certificate, or the one
 * responder that is configured: http or https, no redirect followed, answers bounded in size and time.
 */
public final class RevocationPolicy {
    private final Mode mode;
    private final boolean fetchingOcsp;
    private final boolean fetchingCrls;
    private final Optional<URI> responder;
    private final Set<String> hosts;
    private final boolean nonceRequired;
    private final Duration timeout;
    private final Duration stapledAge;
    private final Duration ocspCache;
    private final Duration crlCache;
    private final int maxCrlBytes;

    /** What follows when it cannot be learned whether a certificate was revoked. */
    public enum Mode {
        /** The login is refused. */
        HARD_FAIL,
        /** The login goes on, with a warning in the log; "revoked" still refuses. */
        SOFT_FAIL,
        /** Nothing is asked. */
        OFF
    }

    private RevocationPolicy(Builder builder) {
        this.mode = builder.mode;
        this.fetchingOcsp = builder.fetchingOcsp;
        this.fetchingCrls = builder.fetchingCrls;
        this.responder = builder.responder;
        this.hosts = Set.copyOf(builder.hosts);
        this.nonceRequired = builder.nonceRequired;
        this.timeout = builder.timeout;
        this.stapledAge = builder.stapledAge;
        this.ocspCache = builder.ocspCache;
        this.crlCache = builder.crlCache;
        this.maxCrlBytes = builder.maxCrlBytes;
    }

    /**
     * The default settings, each of which its method in the builder names.
     *
     * @return the policy
     */
    public static RevocationPolicy ofDefaults() {
        return builder().build();
    }

    /**
     * Begins a policy.
     *
     * @return a new builder with the default settings
     */
    public static Builder builder() {
        return new Builder();
    }

    Mode mode() {
        return mode;
    }

    boolean fetchingOcsp() {
        return fetchingOcsp;
    }

    boolean fetchingCrls() {
        return fetchingCrls;
    }

    Optional<URI> responder() {
        return responder;
    }

    boolean nonceRequired() {
        return nonceRequired;
    }

    Duration timeout() {
        return timeout;
    }

    Duration stapledAge() {
        return stapledAge;
    }

    Duration ocspCache() {
        return ocspCache;
    }

    Duration crlCache() {
        return crlCache;
    }

    int maxCrlBytes() {
        return maxCrlBytes;
    }

    /** Whether an address out of a certificate may be asked. */
    boolean allows(URI uri) {
        String host = uri.getHost();
        return isHttp(uri) && host != null && (hosts.isEmpty() || hosts.contains(host.toLowerCase(Locale.ROOT)));
    }

    private static boolean isHttp(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getUserInfo() == null;
    }

    /** Collects a policy's settings. Not thread-safe. */
    public static final class Builder {
        private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

        private Mode mode = Mode.HARD_FAIL;
        private boolean fetchingOcsp = true;
        private boolean fetchingCrls = true;
        private Optional<URI> responder = Optional.empty();
        private Set<String> hosts = Set.of();
        private boolean nonceRequired;
        private Duration timeout = Duration.ofSeconds(2);
        private Duration stapledAge = Duration.ofHours(1);
        private Duration ocspCache = Duration.ZERO;
        private Duration crlCache = Duration.ofMinutes(5);
        private int maxCrlBytes = 16 << 20;

        private Builder() {}

        /**
         * Sets what follows when the status cannot be learned.
         *
         * @param newMode {@link Mode#HARD_FAIL} unless set
         * @return this builder
         */
        public Builder mode(Mode newMode) {
            mode = newMode;
            return this;
        }

        /**
         * Says what may be fetched over the network.
         *
         * @param ocsp whether OCSP responders are asked; true unless set
         * @param crls whether CRLs are read from distribution points; true unless set
         * @return this builder
         */
        public Builder fetching(boolean ocsp, boolean crls) {
            fetchingOcsp = ocsp;
            fetchingCrls = crls;
            return this;
        }

        /**
         * Asks one OCSP responder about every certificate, whatever the certificate says.
         *
         * @param uri an http or https address
         * @return this builder
         */
        public Builder responder(URI uri) {
            if (!isHttp(uri) || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "responder is " + uri + "; it must be http://host... or https://host...");
            }
            responder = Optional.of(uri);
            return this;
        }

        /**
         * Asks only these hosts, where an address comes from a certificate.
         *
         * @param names host names, of any case; empty, as unless set, allows all
         * @return this builder
         */
        public Builder hosts(Collection<String> names) {
            hosts = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
            return this;
        }

        /**
         * Refuses a responder's answer without the nonce of the question. A wrong nonce is always refused; many responders
         * send none.
         *
         * @param required false unless set
         * @return this builder
         */
        public Builder nonceRequired(boolean required) {
            nonceRequired = required;
            return this;
        }

        /**
         * Sets how long one question over the network may take, its answer included.
         *
         * @param limit above zero, at most a minute; 2 s unless set
         * @return this builder
         */
        public Builder timeout(Duration limit) {
            if (limit.isNegative() || limit.isZero() || limit.compareTo(MAX_TIMEOUT) > 0) {
                throw new IllegalArgumentException(
                        "timeout is " + limit + "; it must be above zero, at most " + MAX_TIMEOUT);
            }
            timeout = limit;
            return this;
        }

        /**
         * Sets how old an OCSP response may be that came with the chain: who stole a key may keep an old one. It also bounds
         * fetched responses that do not say until when they are good.
         *
         * @param age not negative; 1 hour unless set
         * @return this builder
         */
        public Builder stapledAge(Duration age) {
            stapledAge = notNegative("stapledAge", age);
            return this;
        }

        /**
         * Sets for how long a responder's "good" is believed without asking again: for so long a revoked certificate may still
         * be taken.
         *
         * @param age not negative; zero unless set, so that each login asks
         * @return this builder
         */
        public Builder ocspCache(Duration age) {
            ocspCache = notNegative("ocspCache", age);
            return this;
        }

        /**
         * Sets for how long a fetched CRL is used without reading it again, if it does not end before.
         *
         * @param age not negative; 5 minutes unless set
         * @return this builder
         */
        public Builder crlCache(Duration age) {
            crlCache = notNegative("crlCache", age);
            return this;
        }

        /**
         * Sets the longest CRL that is read from a distribution point.
         *
         * @param bytes above zero; 16 MiB unless set
         * @return this builder
         */
        public Builder maxCrlBytes(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("maxCrlBytes is " + bytes + "; it must be above zero");
            }
            maxCrlBytes = bytes;
            return this;
        }

        /**
         * Makes the policy.
         *
         * @return a new policy
         */
        public RevocationPolicy build() {
            return new RevocationPolicy(this);
        }

        private static Duration notNegative(String name, Duration age) {
            if (age.isNegative()) {
                throw new IllegalArgumentException(name + " is " + age + "; it must not be negative");
            }
            return age;
        }
    }
}
