package org.symbolon.ssh.publickey;

import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.config.SshSelfServiceConfiguration;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;

/**
 * What users may do with their keys and certificates by themselves. Immutable.
 *
 * <p>By default: at most 100 keys and 100 certificates of 256 KiB together, RSA of 2048 bits or more and every other type, no
 * login by a restricted key or a certificate, everything in the namespace {@code ssh} and nothing in others.
 */
public final class SelfServicePolicy {
    private final int maxKeys;
    private final int maxCertificates;
    private final long maxBytes;
    private final int minRsaBits;
    private final Set<SshKeyType> keyTypes;
    private final LoginRestrictions imposed;
    private final boolean openSshServers;
    private final boolean restrictedLogins;
    private final List<NamespaceRule> rules;

    private SelfServicePolicy(Builder builder) {
        this.maxKeys = builder.maxKeys;
        this.maxCertificates = builder.maxCertificates;
        this.maxBytes = builder.maxBytes;
        this.minRsaBits = builder.minRsaBits;
        this.keyTypes = Set.copyOf(builder.keyTypes);
        this.imposed = builder.imposed;
        this.openSshServers = builder.openSshServers;
        this.restrictedLogins = builder.restrictedLogins;
        List<NamespaceRule> all = new ArrayList<>(builder.rules);
        all.add(NamespaceRule.of(NamespaceRule.ALL, KeyAttributes.SSH, NamespaceRight.values()));
        this.rules = List.copyOf(all);
    }

    /**
     * The defaults.
     *
     * @return the policy
     */
    public static SelfServicePolicy ofDefaults() {
        return builder().build();
    }

    /**
     * The policy that the configuration file's section {@code ssh.self-service} describes.
     *
     * @param configuration the section
     * @return the policy
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static SelfServicePolicy of(SshSelfServiceConfiguration configuration) {
        Builder policy =
                builder().openSshServers(configuration.openSsh()).restrictedLogins(configuration.restrictedLogins());
        configuration.keysPerUser().ifPresent(policy::maxKeys);
        configuration.certificatesPerUser().ifPresent(policy::maxCertificates);
        configuration.bytesPerUser().ifPresent(policy::maxBytes);
        configuration.minRsaBits().ifPresent(policy::minRsaBits);
        configuration.namespaces().forEach(namespace -> rules(namespace).forEach(policy::rule));
        return policy.build();
    }

    private static List<NamespaceRule> rules(SshSelfServiceConfiguration.Namespace namespace) {
        Set<NamespaceRight> rights = namespace.rights().stream()
                .map(right -> NamespaceRight.valueOf(right.name()))
                .collect(Collectors.toSet());
        if (namespace.users().isEmpty()) {
            return List.of(new NamespaceRule(NamespaceRule.ALL, namespace.name(), rights));
        }
        List<NamespaceRule> rules = new ArrayList<>();
        namespace.users().forEach(user -> rules.add(new NamespaceRule(user, namespace.name(), rights)));
        rules.add(NamespaceRule.of(NamespaceRule.ALL, namespace.name())); // for all others, nothing
        return rules;
    }

    /**
     * Begins a policy.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Says whether a user may open the subsystem at all.
     *
     * @param user who asks for it
     * @return why not, or empty
     */
    public Optional<String> refusal(SubsystemUser user) {
        if (restrictedLogins) {
            return Optional.empty();
        } else if (user.certified()) {
            return Optional.of("a login by a certificate may not manage keys");
        }
        return without(user.restrictions()).equals(without(LoginRestrictions.UNRESTRICTED))
                ? Optional.empty()
                : Optional.of("a login by a restricted key may not manage keys");
    }

    /** What restricts a login beyond what is imposed on every key, apart from how a FIDO key is used. */
    private LoginRestrictions without(LoginRestrictions login) {
        return imposed.and(login).toBuilder()
                .touchRequired(true)
                .verifyRequired(false)
                .build();
    }

    /** The most keys of one user, in all namespaces. */
    int maxKeys() {
        return maxKeys;
    }

    /** The most certificates of one user, in all namespaces. */
    int maxCertificates() {
        return maxCertificates;
    }

    /** The most bytes of a user's keys with their attributes, and of certificates. */
    long maxBytes() {
        return maxBytes;
    }

    /** What every key that a user adds is restricted to. */
    LoginRestrictions imposed() {
        return imposed;
    }

    /** Whether keys are used through OpenSSH's servers too, which do not enforce all attributes. */
    boolean openSshServers() {
        return openSshServers;
    }

    Set<NamespaceRight> rights(String user, String namespace) {
        return rules.stream()
                .filter(rule -> rule.isAbout(user, namespace))
                .findFirst()
                .map(NamespaceRule::rights)
                .orElse(Set.of());
    }

    void checkKey(SshPublicKey key) throws PublicKeySubsystemException {
        if (!keyTypes.contains(key.type())) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.KEY_NOT_SUPPORTED, key.type().wireName() + " keys are not allowed here");
        }
        int rsaBits = key.type() == SshKeyType.RSA ? rsaBits(key) : minRsaBits;
        if (rsaBits < minRsaBits) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.KEY_NOT_SUPPORTED,
                    "the RSA key has " + rsaBits + " bits, at least " + minRsaBits + " are wanted");
        }
    }

    private static int rsaBits(SshPublicKey key) throws PublicKeySubsystemException {
        try {
            return ((RSAKey) key.toPublicKey()).getModulus().bitLength();
        } catch (SshFormatException e) {
            throw new PublicKeySubsystemException(SubsystemStatus.KEY_NOT_SUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    /** What users may do by themselves. */
    public static final class Builder {
        private static final int DEFAULT_MAX_COUNT = 100;
        private static final int HIGHEST_MAX_COUNT = 100_000;
        private static final long DEFAULT_MAX_BYTES = 256 * 1024;
        private static final int DEFAULT_MIN_RSA_BITS = 2048;

        private final List<NamespaceRule> rules = new ArrayList<>();
        private Set<SshKeyType> keyTypes = EnumSet.allOf(SshKeyType.class);
        private int maxKeys = DEFAULT_MAX_COUNT;
        private int maxCertificates = DEFAULT_MAX_COUNT;
        private long maxBytes = DEFAULT_MAX_BYTES;
        private int minRsaBits = DEFAULT_MIN_RSA_BITS;
        private LoginRestrictions imposed = LoginRestrictions.UNRESTRICTED;
        private boolean openSshServers;
        private boolean restrictedLogins;

        private Builder() {}

        /**
         * Sets how many keys a user may have, in all namespaces together and with those that others added.
         *
         * @param count 0 to 100,000; by default 100
         * @return this
         */
        public Builder maxKeys(int count) {
            this.maxKeys = count;
            return this;
        }

        /**
         * Sets how many certificates a user may have, in all namespaces together.
         *
         * @param count 0 to 100,000; by default 100
         * @return this
         */
        public Builder maxCertificates(int count) {
            this.maxCertificates = count;
            return this;
        }

        /**
         * Sets how much a user's keys may take with their attributes, and how much the certificates.
         *
         * @param bytes the most bytes of either, not negative; by default 256 KiB
         * @return this
         */
        public Builder maxBytes(long bytes) {
            this.maxBytes = bytes;
            return this;
        }

        /**
         * Sets the shortest RSA key that may be added.
         *
         * @param bits at least {@value SshPublicKey#MIN_RSA_BITS}; by default 2048
         * @return this
         */
        public Builder minRsaBits(int bits) {
            this.minRsaBits = bits;
            return this;
        }

        /**
         * Sets which keys may be added.
         *
         * @param types the types; by default all
         * @return this
         */
        public Builder keyTypes(Set<SshKeyType> types) {
            this.keyTypes = Set.copyOf(types);
            return this;
        }

        /**
         * Imposes restrictions on every key that a user adds from now on, beside those that the user asks for. No overwriting
         * takes them off again.
         *
         * @param restrictions the restrictions; by default none
         * @return this
         */
        public Builder impose(LoginRestrictions restrictions) {
            this.imposed = restrictions;
            return this;
        }

        /**
         * Says that the keys log in to OpenSSH's servers too, which cannot enforce the attributes subsystem, shell, exec and
         * env: they are refused where they are critical and not stored where they are not.
         *
         * @param used by default false
         * @return this
         */
        public Builder openSshServers(boolean used) {
            this.openSshServers = used;
            return this;
        }

        /**
         * Lets logins by restricted keys and by certificates manage keys, and so add keys that are not restricted and last.
         *
         * @param allowed by default false
         * @return this
         */
        public Builder restrictedLogins(boolean allowed) {
            this.restrictedLogins = allowed;
            return this;
        }

        /**
         * Adds a rule on namespaces. The first that is about a user and a namespace decides; where none is, every user has all
         * rights in {@code ssh} and none elsewhere.
         *
         * @param rule the rule
         * @return this
         */
        public Builder rule(NamespaceRule rule) {
            rules.add(rule);
            return this;
        }

        /**
         * Checks everything and makes the policy.
         *
         * @return the policy
         * @throws IllegalArgumentException if a value is out of its range
         */
        public SelfServicePolicy build() {
            requireCount("maxKeys", maxKeys);
            requireCount("maxCertificates", maxCertificates);
            if (maxBytes < 0) {
                throw new IllegalArgumentException("maxBytes is " + maxBytes + "; it must not be negative");
            }
            if (minRsaBits < SshPublicKey.MIN_RSA_BITS || minRsaBits > SshPublicKey.MAX_RSA_BITS) {
                throw new IllegalArgumentException("minRsaBits is " + minRsaBits + "; it must be "
                        + SshPublicKey.MIN_RSA_BITS + " to " + SshPublicKey.MAX_RSA_BITS);
            }
            return new SelfServicePolicy(this);
        }

        private static void requireCount(String what, int count) {
            if (count < 0 || count > HIGHEST_MAX_COUNT) {
                throw new IllegalArgumentException(what + " is " + count + "; it must be 0 to " + HIGHEST_MAX_COUNT);
            }
        }
    }
}
