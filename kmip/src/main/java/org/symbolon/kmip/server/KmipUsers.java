package org.symbolon.kmip.server;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.config.SecretReference;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.HashedPassword;
import org.symbolon.kmip.object.OneTimePassword;
import org.symbolon.kmip.object.UsernameAndPassword;

/**
 * Clients by their certificates, and users by what they know: passwords, hashed ones, one time passwords of RFC 6238, devices' passwords.
 *
 * <p>A credential that is sent must be right, and then it says who the client is, whatever its certificate says; of several all must be
 * right and of one user. Whoever is wrong five times waits ten seconds for each further try; that holds for the certificate or address
 * that tries, so that nobody locks others out. Comparing takes the same time for users who are not there. Thread-safe.
 */
public final class KmipUsers implements KmipAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(KmipUsers.class);

    private final CertificateName certificateName;
    private final boolean credentialRequired;
    private final Map<String, User> users;
    private final Map<String, String> devices;
    private final Guesses guesses;
    private final ShownProofs shownProofs = new ShownProofs();
    private final Clock clock;

    /** Somebody with a password. */
    private record User(
            String name,
            Password password,
            Optional<String> certificate,
            Optional<Password> oneTimeKey,
            OneTimeCodes codes) {}

    private KmipUsers(Builder builder) {
        this.certificateName = builder.certificateName;
        this.credentialRequired = builder.credentialRequired;
        this.users = Map.copyOf(builder.users);
        this.devices = Map.copyOf(builder.devices);
        this.clock = builder.clock;
        this.guesses = new Guesses(clock);
    }

    /** {@return a builder; without users it knows clients by the subjects of their certificates} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public KmipProof authenticate(KmipClaim claim) throws KmipAuthenticationException {
        Optional<String> shown = claim.certificate().flatMap(certificateName::of);
        if (claim.credentials().isEmpty()) {
            if (credentialRequired) {
                throw new KmipAuthenticationException("it has no credential");
            }
            return KmipProof.of(shown.orElseThrow(() -> new KmipAuthenticationException(
                    "it has neither a credential nor a certificate with a name of the kind " + certificateName)));
        }
        guesses.requirePatience(claim.source());
        boolean right = false;
        try {
            KmipProof proof = byCredentials(claim, shown);
            right = true;
            return proof;
        } finally {
            if (!right) {
                guesses.wrong(claim.source());
                LOG.warn("a credential of {} is wrong", claim.source()); // of each source only so many
            }
        }
    }

    private KmipProof byCredentials(KmipClaim claim, Optional<String> certificate) throws KmipAuthenticationException {
        @Nullable User user = null;
        @Nullable Bytes answer = null;
        for (Credential credential : claim.credentials()) {
            User each = user(credential);
            if (user != null && !user.name().equals(each.name())) {
                throw new KmipAuthenticationException("its credentials are of different users");
            }
            user = each;
            if (credential instanceof HashedPassword hashed) {
                answer = hashed(hashed, user, claim.source());
            } else {
                requireRight(credential, user);
            }
        }
        if (user == null
                || (user.certificate().isPresent() && !user.certificate().equals(certificate))) {
            throw new KmipAuthenticationException("the user comes with another certificate");
        }
        return new KmipProof(new KmipIdentity(user.name()), Optional.ofNullable(answer));
    }

    private User user(Credential credential) throws KmipAuthenticationException {
        if (credential instanceof UsernameAndPassword sent) {
            return known(sent.username(), sent.password());
        } else if (credential instanceof OneTimePassword sent) {
            return known(sent.username(), sent.password());
        } else if (credential instanceof HashedPassword sent) {
            return known(sent.username(), null);
        } else if (credential instanceof Device sent) {
            String device = sent.deviceSerialNumber() != null ? sent.deviceSerialNumber() : sent.deviceIdentifier();
            return known(devices.getOrDefault(device == null ? "" : device, ""), sent.password());
        }
        throw new KmipAuthenticationException("its credential is " + credential.credentialType());
    }

    private User known(String name, @Nullable Bytes password) throws KmipAuthenticationException {
        User user = users.get(name);
        if (user != null) {
            return user;
        }
        if (password != null) {
            Nobody.PASSWORD.matches(password.sharedArray()); // takes as long as a user who is there
        }
        throw new KmipAuthenticationException("no such user or device");
    }

    /** Who is asked in place of users who are not there. */
    private static final class Nobody {
        static final Password PASSWORD = Password.of(PasswordHash.ofNobody());

        private Nobody() {}
    }

    private Bytes hashed(HashedPassword sent, User user, String source) throws KmipAuthenticationException {
        byte[] password = user.password().reveal();
        try {
            Bytes answer = HashedPasswordCheck.answer(sent, password, clock.instant())
                    .orElseThrow(() -> new KmipAuthenticationException("its Hashed Password is wrong"));
            if (!shownProofs.isOf(sent.hashedPassword(), source)) {
                throw new KmipAuthenticationException("its Hashed Password was shown by another client before");
            }
            return answer;
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private void requireRight(Credential credential, User user) throws KmipAuthenticationException {
        @Nullable SecretBytes password = null;
        if (credential instanceof UsernameAndPassword sent) {
            password = sent.password();
        } else if (credential instanceof Device sent) {
            password = sent.password();
        } else if (credential instanceof OneTimePassword sent) {
            password = sent.password();
        }
        if (password == null || !user.password().matches(password.sharedArray())) {
            throw new KmipAuthenticationException("its password is wrong");
        }
        if (credential instanceof OneTimePassword sent) {
            // Last, so that nobody without the password uses up a code.
            requireCode(sent.oneTimePassword(), user);
        }
    }

    private void requireCode(SecretBytes code, User user) throws KmipAuthenticationException {
        byte[] key = user.oneTimeKey()
                .orElseThrow(() -> new KmipAuthenticationException("the user has no one time passwords"))
                .reveal();
        try {
            if (!user.codes().use(code.sharedArray(), key, clock.instant())) {
                throw new KmipAuthenticationException("its one time password is wrong or was used before");
            }
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Collects users. Not thread-safe. */
    public static final class Builder {
        private final Map<String, User> users = new HashMap<>();
        private final Map<String, String> devices = new HashMap<>();
        private CertificateName certificateName = CertificateName.SUBJECT;
        private boolean credentialRequired;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Sets which name of a certificate its owner is called by.
         *
         * @param name the kind of name; the subject unless set
         * @return this builder
         */
        public Builder certificates(CertificateName name) {
            certificateName = name;
            return this;
        }

        /**
         * Says whether a certificate is not enough.
         *
         * @param required whether each request needs a credential; otherwise one without is its certificate's
         * @return this builder
         */
        public Builder credentialRequired(boolean required) {
            credentialRequired = required;
            return this;
        }

        /**
         * Adds a user whose password is referred to, which Hashed Password wants.
         *
         * @param name the user's name, which is the identity's too
         * @param password where the password is; read at each request
         * @return this builder
         * @throws IllegalArgumentException if there is one of that name
         */
        public Builder user(String name, SecretReference password) {
            return user(name, Password.of(password));
        }

        /**
         * Adds a user of whose password the hash is known.
         *
         * @param name the user's name, which is the identity's too
         * @param password the hash
         * @return this builder
         * @throws IllegalArgumentException if there is one of that name
         */
        public Builder user(String name, PasswordHash password) {
            return user(name, Password.of(password));
        }

        private Builder user(String name, Password password) {
            String valid = new KmipIdentity(name).name();
            User user = new User(valid, password, Optional.empty(), Optional.empty(), new OneTimeCodes());
            if (users.putIfAbsent(valid, user) != null) {
                throw new IllegalArgumentException("there are two users " + name);
            }
            return this;
        }

        /**
         * Binds a user to a certificate: its credentials are wrong on any other.
         *
         * @param user the user's name
         * @param certificate the certificate's name, of the kind of {@link #certificates}
         * @return this builder
         * @throws IllegalArgumentException if there is no such user
         */
        public Builder only(String user, String certificate) {
            User old = existing(user);
            users.put(user, new User(user, old.password(), Optional.of(certificate), old.oneTimeKey(), old.codes()));
            return this;
        }

        /**
         * Gives a user one time passwords: six digits of RFC 6238 with HMAC-SHA-1 and 30 seconds.
         *
         * @param user the user's name
         * @param key where their key is, as bytes
         * @return this builder
         * @throws IllegalArgumentException if there is no such user
         */
        public Builder oneTimePasswords(String user, SecretReference key) {
            User old = existing(user);
            users.put(
                    user,
                    new User(user, old.password(), old.certificate(), Optional.of(Password.of(key)), old.codes()));
            return this;
        }

        /**
         * Lets a device in as a user, by the user's password.
         *
         * @param serialNumber the Device Serial Number, or the Device Identifier of devices that send none
         * @param user the user's name
         * @return this builder
         * @throws IllegalArgumentException if there is no such user
         */
        public Builder device(String serialNumber, String user) {
            devices.put(serialNumber, existing(user).name());
            return this;
        }

        private User existing(String name) {
            User user = users.get(name);
            if (user == null) {
                throw new IllegalArgumentException("there is no user " + name + "; add the user first");
            }
            return user;
        }

        Builder clock(Clock time) {
            clock = time;
            return this;
        }

        /** {@return the authenticator} */
        public KmipUsers build() {
            return new KmipUsers(this);
        }
    }
}
