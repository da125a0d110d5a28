package org.symbolon.ssh.x509;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.symbolon.config.SshX509Configuration;

/**
 * Rules that say whose a certificate is. Any rule that fits is enough; without rules nobody is let in. Immutable.
 *
 * <p>In a pattern {@value #USER} stands for the user's name. It is put into a value that is compared as a whole, never into a
 * text that is parsed: a user who calls himself {@code alice,O=Other} is nobody else. Users' names are compared exactly, domains
 * of e-mail addresses and principal names without regard to case.
 */
public final class CertificateRules implements CertificateUsers {
    /** What stands for the user's name in patterns. */
    public static final String USER = "{user}";

    private static final int MAX_USER_LENGTH = 256;
    private static final int MAX_VALUE_LENGTH = 1024;

    private final List<Rule> rules;

    /** One rule. */
    @FunctionalInterface
    private interface Rule {
        boolean fits(String user, X509Certificate certificate);
    }

    private CertificateRules(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Begins an empty set of rules.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes the rules of the configuration file's section {@code ssh.x509}.
     *
     * @param configuration the section
     * @return new rules
     * @throws IllegalArgumentException if a pattern is none; the message gives it
     */
    public static CertificateRules of(SshX509Configuration configuration) {
        Builder rules = builder();
        for (SshX509Configuration.Rule rule : configuration.rules()) {
            switch (rule.name()) {
                case UPN -> rules.upn(rule.pattern());
                case EMAIL -> rules.email(rule.pattern());
                case SUBJECT -> rules.subject(rule.pattern());
                case COMMON_NAME -> rules.commonName(Pattern.compile(rule.pattern()));
            }
        }
        return rules.build();
    }

    @Override
    public boolean permits(String user, X509Certificate certificate) {
        boolean sensible = !user.isEmpty()
                && user.length() <= MAX_USER_LENGTH
                && user.chars().noneMatch(Character::isISOControl);
        return sensible && rules.stream().anyMatch(rule -> rule.fits(user, certificate));
    }

    private static boolean sameAddress(String own, String wanted) {
        int at = own.lastIndexOf('@');
        return at >= 0
                && own.length() == wanted.length()
                && own.substring(0, at + 1).equals(wanted.substring(0, at + 1))
                && own.substring(at).equalsIgnoreCase(wanted.substring(at));
    }

    private static String withUser(String pattern, String user) {
        return pattern.replace(USER, user);
    }

    private static boolean sameDigest(byte[] digest, byte[] bytes) {
        return MessageDigest.isEqual(digest, CertificateText.sha256(bytes));
    }

    /** Collects rules. Not thread-safe. */
    public static final class Builder {
        private final List<Rule> rules = new ArrayList<>();

        private Builder() {}

        /**
         * The user principal name (otherName 1.3.6.1.4.1.311.20.2.3) is this.
         *
         * @param pattern such as <code>{user}@example.com</code>; has an at sign, and {@value #USER} once
         * @return this builder
         */
        public Builder upn(String pattern) {
            String checked = address("upn", pattern);
            return add((user, certificate) -> CertificateNames.upns(certificate).stream()
                    .anyMatch(own -> sameAddress(own, withUser(checked, user))));
        }

        /**
         * An e-mail address (rfc822Name of SubjectAltName) is this.
         *
         * @param pattern such as <code>{user}@example.com</code>; has an at sign, and {@value #USER} once
         * @return this builder
         */
        public Builder email(String pattern) {
            String checked = address("email", pattern);
            return add((user, certificate) -> CertificateNames.emails(certificate).stream()
                    .anyMatch(own -> sameAddress(own, withUser(checked, user))));
        }

        /**
         * The subject is this name, attribute by attribute.
         *
         * @param pattern RFC 2253 text with {@value #USER} once, in a value: <code>CN={user},O=Example</code>
         * @return this builder
         */
        public Builder subject(String pattern) {
            List<Rdn> wanted = rdns("subject", once("subject", pattern));
            return add((user, certificate) -> sameSubject(wanted, CertificateNames.subject(certificate), user));
        }

        /**
         * A CN of the subject matches this regular expression as a whole, and its group is the user's name.
         *
         * @param pattern with exactly one capturing group: <code>([a-z]+) \(smart card\)</code>
         * @return this builder
         */
        public Builder commonName(Pattern pattern) {
            int groups = pattern.matcher("").groupCount();
            if (groups != 1) {
                throw new IllegalArgumentException(
                        "commonName has " + groups + " groups; it must have one, which is the user's name");
            }
            return add((user, certificate) -> CertificateNames.commonNames(certificate).stream()
                    .filter(name -> name.length() <= MAX_VALUE_LENGTH)
                    .map(pattern::matcher)
                    .filter(Matcher::matches)
                    .anyMatch(matcher -> user.equals(matcher.group(1))));
        }

        /**
         * One user's certificates have this subject.
         *
         * @param user the user
         * @param name the whole subject as RFC 2253 text
         * @return this builder
         */
        public Builder subjectOf(String user, String name) {
            X500Principal subject = new X500Principal(name);
            return only(
                    user, certificate -> certificate.getSubjectX500Principal().equals(subject));
        }

        /**
         * One user's certificate has this issuer and serial number.
         *
         * @param user the user
         * @param issuer the issuer as RFC 2253 text
         * @param serial the serial number
         * @return this builder
         */
        public Builder issuerAndSerialOf(String user, String issuer, BigInteger serial) {
            X500Principal name = new X500Principal(issuer);
            return only(
                    user,
                    certificate -> certificate.getIssuerX500Principal().equals(name)
                            && certificate.getSerialNumber().equals(serial));
        }

        /**
         * One user's certificate has this SHA-256.
         *
         * @param user the user
         * @param sha256 64 hexadecimal digits, with or without colons, of the whole DER certificate
         * @return this builder
         */
        public Builder certificateOf(String user, String sha256) {
            byte[] digest = digest(sha256);
            return only(user, certificate -> sameDigest(digest, CertificateText.encoded(certificate)));
        }

        /**
         * One user's certificates are those of a key whose DER SubjectPublicKeyInfo has this SHA-256.
         *
         * @param user the user
         * @param sha256 64 hexadecimal digits, with or without colons
         * @return this builder
         */
        public Builder publicKeyOf(String user, String sha256) {
            byte[] digest = digest(sha256);
            return only(
                    user,
                    certificate -> sameDigest(digest, certificate.getPublicKey().getEncoded()));
        }

        /**
         * Makes the rules.
         *
         * @return new rules
         */
        public CertificateRules build() {
            return new CertificateRules(List.copyOf(rules));
        }

        private Builder only(String user, Predicate<X509Certificate> fits) {
            return add((asked, certificate) -> asked.equals(user) && fits.test(certificate));
        }

        private Builder add(Rule rule) {
            rules.add(rule);
            return this;
        }

        private static String address(String name, String pattern) {
            if (pattern.indexOf('@') < 0) {
                throw new IllegalArgumentException(
                        name + " is \"" + pattern + "\"; it must be like {user}@example.com");
            }
            return once(name, pattern);
        }

        private static String once(String name, String pattern) {
            if (pattern.split("\\{user}", -1).length != 2) {
                throw new IllegalArgumentException(name + " is \"" + pattern + "\"; it must have {user} once");
            }
            return pattern;
        }

        private static List<Rdn> rdns(String name, String pattern) {
            try {
                return new LdapName(pattern).getRdns();
            } catch (InvalidNameException e) {
                throw new IllegalArgumentException(
                        name + " is \"" + pattern + "\"; it must be a name as of RFC 2253, such as CN={user},O=Example",
                        e);
            }
        }

        private static boolean sameSubject(List<Rdn> wanted, List<Rdn> own, String user) {
            if (wanted.size() != own.size()) {
                return false;
            }
            for (int i = 0; i < own.size(); i++) {
                // of two values of one type, only one would be compared
                if (wanted.get(i).size() != own.get(i).size()
                        || !sameRdn(values(wanted.get(i)), values(own.get(i)), user)) {
                    return false;
                }
            }
            return true;
        }

        /** Users' names exactly; all else as names are compared, without regard to case. */
        private static boolean sameRdn(Map<String, String> wanted, Map<String, String> own, String user) {
            return wanted.keySet().equals(own.keySet())
                    && wanted.entrySet().stream().allMatch(each -> {
                        String value = own.getOrDefault(each.getKey(), "");
                        return each.getValue().contains(USER)
                                ? value.equals(withUser(each.getValue(), user))
                                : value.equalsIgnoreCase(each.getValue());
                    });
        }

        private static Map<String, String> values(Rdn rdn) {
            Map<String, String> values = new HashMap<>();
            var all = rdn.toAttributes().getIDs();
            try {
                while (all.hasMore()) {
                    String type = all.next();
                    values.put(
                            type.toUpperCase(Locale.ROOT),
                            String.valueOf(rdn.toAttributes().get(type).get()));
                }
            } catch (NamingException e) {
                throw new IllegalArgumentException("A name whose parts cannot be read", e);
            }
            return values;
        }

        private static byte[] digest(String sha256) {
            String digits = sha256.replace(":", "");
            if (!digits.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(
                        "sha256 is \"" + sha256 + "\"; it must have 64 hexadecimal digits, with or without colons");
            }
            return HexFormat.of().parseHex(digits);
        }
    }
}
