package org.symbolon.ssh.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.TokenException;
import org.symbolon.config.SshX509Configuration;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.x509.CertificateRefusedException.Reason;

/**
 * Says whether a chain of certificates is good now: signatures and constraints up to a trust anchor (RFC 5280 section 6.1, by
 * the JDK), validity, purpose, and that none of it was revoked. Whose it is, {@link CertificateRules} and {@link HostNames} say.
 *
 * <p>Thread-safe. Blocks for at most the {@link RevocationPolicy}'s timeout for each certificate of the chain, and only where
 * that policy fetches; nothing is fetched for a chain that no trusted authority signed.
 */
public final class X509Validator {
    private static final int DIGITAL_SIGNATURE = 0;

    private final TrustAnchors anchors;
    private final Set<X509Algorithm> algorithms;
    private final ExtendedKeyUsage extendedKeyUsage;
    private final boolean anyExtendedKeyUsage;
    private final Revocation revocation;
    private final Clock clock;

    private X509Validator(Builder builder) {
        this.anchors = builder.anchors;
        this.algorithms = builder.algorithms;
        this.extendedKeyUsage = builder.extendedKeyUsage;
        this.anyExtendedKeyUsage = builder.anyExtendedKeyUsage;
        this.revocation = new Revocation(builder.revocation, builder.clock);
        this.clock = builder.clock;
    }

    /**
     * Begins a validator with the default settings: all algorithms but SHA-1's, secure shell's purposes, revocation checked and
     * every status needed.
     *
     * @param anchors whom to trust; asked at each validation
     * @return a new builder
     */
    public static Builder builder(TrustAnchors anchors) {
        return new Builder(anchors);
    }

    /**
     * Makes the validator that the configuration file's section {@code ssh.x509} describes.
     *
     * @param anchors whom to trust, such as {@link TrustAnchors#of(SshX509Configuration, Optional)}
     * @param configuration the section
     * @return a new validator
     */
    public static X509Validator of(TrustAnchors anchors, SshX509Configuration configuration) {
        SshX509Configuration.Revocation from = configuration.revocation();
        RevocationPolicy.Builder policy = RevocationPolicy.builder()
                .mode(RevocationPolicy.Mode.valueOf(from.mode().name()))
                .fetching(from.fetch(), from.fetch())
                .hosts(from.hosts())
                .timeout(from.timeout())
                .ocspCache(from.ocspCache())
                .crlCache(from.crlCache());
        from.responder().ifPresent(policy::responder);
        return builder(anchors)
                .extendedKeyUsage(
                        ExtendedKeyUsage.valueOf(configuration.purposes().name()))
                .revocation(policy.build())
                .build();
    }

    /**
     * The key algorithms that are taken.
     *
     * @return an unmodifiable list, in the order of preference
     */
    public List<X509Algorithm> algorithms() {
        return List.copyOf(algorithms);
    }

    /**
     * Validates a chain.
     *
     * @param key the chain, and the OCSP responses that came with it
     * @param purpose what it is shown for
     * @param source who shows it, for the log: an address
     * @return the leaf certificate, good now
     * @throws CertificateRefusedException if it is not; the message says why
     * @throws TokenException if the token that holds the trust anchors cannot tell
     * @throws SshFormatException if a file that holds them is missing or malformed
     */
    public X509Certificate validate(X509KeyBlob key, X509Purpose purpose, String source)
            throws CertificateRefusedException, TokenException, SshFormatException {
        X509Certificate leaf = key.leaf();
        if (!algorithms.contains(key.algorithm())) {
            throw new CertificateRefusedException(
                    Reason.PURPOSE, leaf, key.algorithm().wireName() + " is not among the accepted algorithms");
        }
        Instant now = clock.instant();
        Authorities authorities = anchors.now();
        CertificationPath path = CertificationPath.of(key.chain(), authorities);
        validate(path, now);
        checkPurpose(leaf, purpose);
        revocation.check(path, key.ocspResponses(), authorities, now, source);
        return leaf;
    }

    private static void validate(CertificationPath path, Instant now) throws CertificateRefusedException {
        try {
            path.anchor().checkValidity(Date.from(now));
        } catch (CertificateException e) {
            throw new CertificateRefusedException(
                    Reason.EXPIRED, path.anchor(), "the trust anchor is not valid now", e);
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.anchor(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path.certificates()), parameters);
        } catch (CertPathValidatorException e) {
            X509Certificate certificate =
                    e.getIndex() < 0 ? path.leaf() : path.certificates().get(e.getIndex());
            throw new CertificateRefusedException(reason(e), certificate, why(e), e);
        } catch (GeneralSecurityException e) {
            throw new CertificateRefusedException(
                    Reason.UNTRUSTED, path.leaf(), "this Java cannot validate it: " + e.getMessage(), e);
        }
    }

    private static String why(CertPathValidatorException e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
    }

    private static Reason reason(CertPathValidatorException e) {
        boolean time = e.getReason() == BasicReason.EXPIRED || e.getReason() == BasicReason.NOT_YET_VALID;
        return time ? Reason.EXPIRED : Reason.UNTRUSTED;
    }

    private void checkPurpose(X509Certificate leaf, X509Purpose purpose) throws CertificateRefusedException {
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw new CertificateRefusedException(Reason.PURPOSE, leaf, "its KeyUsage lacks digitalSignature");
        }
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            if (purposes != null && !extendedKeyUsage.allows(purposes, purpose, anyExtendedKeyUsage)) {
                throw new CertificateRefusedException(
                        Reason.PURPOSE,
                        leaf,
                        "its ExtendedKeyUsage " + purposes + " lacks " + purpose.sshOid()
                                + (extendedKeyUsage == ExtendedKeyUsage.TLS ? " and " + purpose.tlsOid() : ""));
            }
        } catch (CertificateParsingException e) {
            throw new CertificateRefusedException(Reason.PURPOSE, leaf, "its ExtendedKeyUsage is malformed", e);
        }
    }

    /** Collects a validator's settings. Not thread-safe. */
    public static final class Builder {
        private final TrustAnchors anchors;
        private Set<X509Algorithm> algorithms = EnumSet.copyOf(X509Algorithm.defaults());
        private ExtendedKeyUsage extendedKeyUsage = ExtendedKeyUsage.SSH;
        private boolean anyExtendedKeyUsage;
        private RevocationPolicy revocation = RevocationPolicy.ofDefaults();
        private Clock clock = Clock.systemUTC();

        private Builder(TrustAnchors anchors) {
            this.anchors = anchors;
        }

        /**
         * Takes these algorithms only.
         *
         * @param accepted at least one; {@link X509Algorithm#RSA_SHA1} only where an old peer needs it
         * @return this builder
         */
        public Builder algorithms(List<X509Algorithm> accepted) {
            if (accepted.isEmpty()) {
                throw new IllegalArgumentException("algorithms is empty; at least one must be accepted");
            }
            algorithms = EnumSet.copyOf(accepted);
            return this;
        }

        /**
         * Says which purposes a certificate must have that has any.
         *
         * @param usage {@link ExtendedKeyUsage#SSH} unless set
         * @return this builder
         */
        public Builder extendedKeyUsage(ExtendedKeyUsage usage) {
            extendedKeyUsage = usage;
            return this;
        }

        /**
         * Takes the purpose anyExtendedKeyUsage (2.5.29.37.0) for secure shell's.
         *
         * @param accepted false unless set
         * @return this builder
         */
        public Builder anyExtendedKeyUsage(boolean accepted) {
            anyExtendedKeyUsage = accepted;
            return this;
        }

        /**
         * Says how to learn what was revoked.
         *
         * @param policy {@link RevocationPolicy#ofDefaults} unless set
         * @return this builder
         */
        public Builder revocation(RevocationPolicy policy) {
            revocation = policy;
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param newClock the system's unless set
         * @return this builder
         */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /**
         * Makes the validator.
         *
         * @return a new validator
         */
        public X509Validator build() {
            return new X509Validator(this);
        }
    }
}
