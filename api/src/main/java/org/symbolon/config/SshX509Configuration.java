package org.symbolon.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How users and hosts are known by X.509 certificates in SSH (RFC 6187).
 *
 * @param anchors the name of the token that holds the certificates of trusted authorities
 * @param anchorLabel the label of these certificates; empty trusts every authority in that token
 * @param anchorFiles files of trusted authorities' certificates
 * @param listFiles files of CRLs
 * @param rules whose a certificate is; any rule that fits is enough
 * @param purposes which purposes a certificate must have that has any
 * @param revocation how is learned what was revoked
 */
public record SshX509Configuration(
        Optional<String> anchors,
        Optional<String> anchorLabel,
        List<Path> anchorFiles,
        List<Path> listFiles,
        List<Rule> rules,
        Purposes purposes,
        Revocation revocation) {
    /** Which purposes (ExtendedKeyUsage) a certificate must have that has any. */
    public enum Purposes {
        /** {@code ssh}: secure shell's. */
        SSH,
        /** {@code tls}: secure shell's or TLS's. */
        TLS,
        /** {@code any}: they are not looked at. */
        ANY
    }

    /** Where a user's name stands in a certificate. */
    public enum Name {
        /** {@code upn}: in the user principal name. */
        UPN,
        /** {@code email}: in an e-mail address. */
        EMAIL,
        /** {@code subject}: in the subject. */
        SUBJECT,
        /** {@code common-name}: in the CN, as the group of a regular expression. */
        COMMON_NAME
    }

    /**
     * A rule from certificates to users.
     *
     * @param name where the name stands
     * @param pattern what stands there, with {@code {user}} once; of a CN a regular expression with one group
     */
    public record Rule(Name name, String pattern) {}

    /** What follows when it cannot be learned whether a certificate was revoked. */
    public enum Mode {
        /** {@code hard-fail}: the login is refused. */
        HARD_FAIL,
        /** {@code soft-fail}: the login goes on, with a warning. */
        SOFT_FAIL,
        /** {@code off}: nothing is asked. */
        OFF
    }

    /**
     * How is learned what was revoked.
     *
     * @param mode what follows when it cannot be learned
     * @param fetch whether OCSP responders and the distribution points of CRLs are asked
     * @param hosts the hosts that may be asked where a certificate names them; none allows all
     * @param responder the one OCSP responder that is asked, whatever certificates say
     * @param timeout how long one question may take
     * @param ocspCache for how long a responder's "good" is believed
     * @param crlCache for how long a fetched CRL is used
     */
    public record Revocation(
            Mode mode,
            boolean fetch,
            List<String> hosts,
            Optional<URI> responder,
            Duration timeout,
            Duration ocspCache,
            Duration crlCache) {
        /** The longest timeout. */
        public static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

        static Revocation ofDefaults() {
            return new Revocation(
                    Mode.HARD_FAIL,
                    true,
                    List.of(),
                    Optional.empty(),
                    Duration.ofSeconds(2),
                    Duration.ZERO,
                    Duration.ofMinutes(5));
        }
    }
}
