package org.symbolon.ssh.mina;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.config.SshConfiguration;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.KeyRevocationList;

/**
 * Lets users in by the keys that {@link AuthorizedKeys} finds, by OpenSSH certificates of the CAs that are found there or
 * trusted by the server, and by what further {@link UserKeyCheck checks} accept.
 *
 * <p><b>Security guarantees.</b> On a server that {@link TokenSsh#configure} has set up, the {@link LoginRestrictions} of the
 * key are enforced: source and expiry before it may sign, touch and verification of FIDO keys by the signature, and all the rest
 * in the session; where several keys log in together, the stricter. Where something could not be enforced, on a server that was
 * set up otherwise, keys with such restrictions are refused. When the store cannot tell, or the token does not answer in time,
 * the login is refused and a warning is logged. An answer never comes later, so that no one is in before it is there.
 *
 * <p>A login makes one look-up: the client's probe and its signed request share it, unless {@link Builder#lookAgain} is set, or
 * a token that {@link LiveLogins} follow told of a change between the two. Thread-safe.
 */
public final class TokenPublickeyAuthenticator implements PublickeyAuthenticator {
    /**
     * The authorized key that signed last for the session's user, or whose certificate did. On a server that {@link
     * TokenSsh#configure} has not set up, the key of MINA's last question, where the answer was yes.
     */
    public static final AttributeKey<AuthorizedKey> AUTHORIZED_KEY = new AttributeKey<>();

    /** For how long the answer to the probe is good for the signed request. */
    private static final long SHARED_NANOS = Duration.ofSeconds(10).toNanos();

    private static final KeyRevocationList NOTHING_REVOKED = KeyRevocationList.union(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(TokenPublickeyAuthenticator.class);

    private final AuthorizedKeys keys;
    private final List<UserKeyCheck> checks;
    private final Supplier<KeyRevocationList> revoked;
    private final boolean lookAgain;
    private final Optional<LiveLogins> live;

    /**
     * Makes the authenticator for {@code SshServer.setPublickeyAuthenticator}, with the defaults.
     *
     * @param keys who may log in with what
     */
    public TokenPublickeyAuthenticator(AuthorizedKeys keys) {
        this(builder(keys));
    }

    private TokenPublickeyAuthenticator(Builder builder) {
        this.keys = builder.keys;
        this.revoked = builder.revoked;
        this.checks = builder.allChecks();
        this.lookAgain = builder.lookAgain;
        this.live = builder.live;
    }

    /**
     * Begins a configuration.
     *
     * @param keys who may log in with what
     * @return a builder with the defaults
     */
    public static Builder builder(AuthorizedKeys keys) {
        return new Builder(keys);
    }

    /**
     * Begins with what the configuration file's section {@code ssh} says of logins. What ends sessions is {@link
     * LiveLogins#of}.
     *
     * @param keys who may log in with what
     * @param configuration the section
     * @return a builder
     */
    public static Builder builder(AuthorizedKeys keys, SshConfiguration configuration) {
        return builder(keys)
                .lookAgain(configuration.logins().revocation() == SshConfiguration.Revocation.SIGNED_REQUEST);
    }

    /**
     * Answers MINA's own method, on a server that {@link TokenSsh#configure} has not set up: without certificates, and without
     * keys whose restrictions a session would have to keep.
     */
    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        Optional<AuthorizedKey> authorized =
                find(user, key).filter(entry -> isWhollyEnforced(entry.restrictions(), OfferedUserKey.source(session)));
        remember(session, authorized);
        return authorized.isPresent();
    }

    /** Whether a key may log in from anywhere, apart from any session. */
    boolean isAuthorized(String user, PublicKey key) {
        return find(user, key).isPresent();
    }

    /** What a key that was offered may do, if anything; a signed request may share its probe's answer. */
    Optional<AcceptedUserKey> accept(OfferedUserKey offered, boolean signed, TokenCalls calls) {
        SessionLogin login = SessionLogin.of(offered.session());
        Optional<AcceptedUserKey> shared =
                signed && !lookAgain ? login.answered(offered, sharedNanos()) : Optional.empty();
        Optional<AcceptedUserKey> accepted =
                shared.isPresent() ? shared : look(offered, calls).filter(found -> mayBegin(offered, found));
        if (!signed) {
            accepted.ifPresent(found -> login.probed(offered, found));
        }
        return accepted;
    }

    /** A key that was removed while its owner looked for the token is not let in: no later change would end its session. */
    private long sharedNanos() {
        return live.isPresent() ? Math.min(SHARED_NANOS, live.get().nanosSinceChange()) : SHARED_NANOS;
    }

    /** Takes down what logged in. */
    boolean logIn(OfferedUserKey offered, AcceptedUserKey accepted) {
        SessionLogin login = SessionLogin.of(offered.session());
        login.signed(offered, accepted);
        accepted.entry().ifPresent(entry -> offered.session().setAttribute(AUTHORIZED_KEY, entry));
        live.ifPresent(logins -> logins.add(offered.session(), login, this));
        LOG.info("Accepted: {}: {}", offered, accepted.name());
        return true;
    }

    private Optional<AcceptedUserKey> look(OfferedUserKey offered, TokenCalls calls) {
        Optional<UserKeyCheck> check = checkFor(offered);
        if (check.isEmpty()) {
            LOG.debug("Refused: {}: no key or certificate of this algorithm lets anyone in", offered);
            return Optional.empty();
        }
        try {
            Optional<AcceptedUserKey> remembered = check.get().recall(offered);
            return remembered.isPresent()
                    ? remembered
                    : calls.call(() -> check.get().check(offered));
        } catch (TokenException e) {
            LOG.warn("Refused: {}: the token cannot tell who may log in: {}", offered, e.getMessage());
        } catch (GeneralSecurityException e) {
            LOG.warn("Refused: {}: {}", offered, e.getMessage());
        } catch (IllegalStateException e) {
            LOG.warn("Refused: {}: the session with the token is closed: {}", offered, e.getMessage());
        }
        return Optional.empty();
    }

    private boolean mayBegin(OfferedUserKey offered, AcceptedUserKey accepted) {
        Optional<String> reason = objection(offered, accepted, Instant.now());
        if (reason.isEmpty() && SessionLogin.of(offered.session()).hasUsed(accepted)) {
            reason = Optional.of("it has been used in this login");
        }
        if (reason.isEmpty() && !SessionRestrictions.areEnforced(offered.session(), accepted.restrictions())) {
            reason = Optional.of("this server cannot keep its restrictions, TokenSsh.configure sets up one that can");
        }
        reason.ifPresent(why -> LOG.warn("Refused: {}: {}: {}", offered, accepted.name(), why));
        return reason.isEmpty();
    }

    /** Why a key may not be used now and from here, if it may not. */
    Optional<String> objection(OfferedUserKey offered, AcceptedUserKey accepted, Instant now) {
        LoginRestrictions restrictions = accepted.restrictions();
        if (revoked.get().isRevoked(accepted.key())) {
            return Optional.of("it is revoked");
        }
        if (restrictions.isExpired(now)) {
            return Optional.of("its expiry-time has passed");
        }
        return isAllowedFrom(restrictions, offered.source())
                ? Optional.empty()
                : Optional.of("its \"from\" does not allow this address");
    }

    /** What the check for a key says of it, in the caller's own time. */
    Optional<AcceptedUserKey> decide(OfferedUserKey offered) throws GeneralSecurityException {
        Optional<UserKeyCheck> check = checkFor(offered);
        return check.isPresent() ? check.get().check(offered) : Optional.empty();
    }

    private Optional<UserKeyCheck> checkFor(OfferedUserKey offered) {
        return checks.stream().filter(each -> each.takes(offered.algorithm())).findFirst();
    }

    private static boolean isAllowedFrom(LoginRestrictions restrictions, Optional<InetAddress> source) {
        return restrictions.from().isEmpty()
                || source.filter(restrictions::allowsFrom).isPresent();
    }

    /** Whether MINA alone, asking once for yes or no, keeps these restrictions; it always wants FIDO keys touched. */
    private static boolean isWhollyEnforced(LoginRestrictions restrictions, Optional<InetAddress> source) {
        boolean enforced = !SessionRestrictions.areAny(restrictions) && !restrictions.verifyRequired();
        if (!enforced) {
            LOG.warn("A key with restrictions is refused: the server was not set up by TokenSsh.configure");
        }
        return enforced && !restrictions.isExpired(Instant.now()) && isAllowedFrom(restrictions, source);
    }

    private static void remember(ServerSession session, Optional<AuthorizedKey> entry) {
        if (entry.isPresent()) {
            session.setAttribute(AUTHORIZED_KEY, entry.get());
        } else {
            session.removeAttribute(AUTHORIZED_KEY);
        }
    }

    private Optional<AuthorizedKey> find(String user, PublicKey key) {
        if (key instanceof OpenSshCertificate) {
            LOG.debug("An OpenSSH certificate was offered and refused");
            return Optional.empty();
        }
        try {
            SshPublicKey offered = SshPublicKey.of(key);
            return keys.find(user, offered)
                    .filter(entry -> !entry.isCertificateAuthority())
                    .filter(entry -> !revoked.get().isRevoked(offered));
        } catch (SshFormatException e) {
            LOG.debug("A key was offered that is not supported: {}", e.getMessage());
        } catch (TokenException e) {
            LOG.warn("Logins by key are refused, the token cannot tell who may: {}", e.getMessage());
        } catch (IllegalStateException e) {
            LOG.warn("Logins by key are refused, the session with the token is closed: {}", e.getMessage());
        }
        return Optional.empty();
    }

    /** Configures a {@link TokenPublickeyAuthenticator}. Not thread-safe. */
    public static final class Builder {
        private final AuthorizedKeys keys;
        private final List<UserKeyCheck> checks = new ArrayList<>();
        private Predicate<SshPublicKey> trustedAuthority = key -> false;
        private Function<String, ? extends Collection<String>> principals = List::of;
        private Supplier<KeyRevocationList> revoked = () -> NOTHING_REVOKED;
        private boolean lookAgain;
        private Optional<LiveLogins> live = Optional.empty();

        private Builder(AuthorizedKeys keys) {
            this.keys = keys;
        }

        private List<UserKeyCheck> allChecks() {
            List<UserKeyCheck> all = new ArrayList<>();
            all.add(new PlainUserKeys(keys));
            all.add(new CertifiedUserKeys(
                    keys,
                    trustedAuthority,
                    principals,
                    certificate -> revoked.get().isRevoked(certificate)));
            all.addAll(checks);
            return List.copyOf(all);
        }

        /**
         * Adds keys or certificates of further algorithms, beside plain keys, FIDO keys and OpenSSH certificates. Where several
         * checks take an algorithm, the first that was added decides.
         *
         * @param check decides about them
         * @return this
         */
        public Builder check(UserKeyCheck check) {
            checks.add(check);
            return this;
        }

        /**
         * Sets which CAs may certify every user, as OpenSSH's {@code TrustedUserCAKeys}. By default none may; those that a
         * user's own entries name ({@code cert-authority}) may certify that user in any case.
         *
         * @param trusted whether the server trusts a CA's key; asked in each login, must answer at once
         * @return this
         */
        public Builder trustedAuthority(Predicate<SshPublicKey> trusted) {
            this.trustedAuthority = trusted;
            return this;
        }

        /**
         * Sets for which principals certificates of {@link #trustedAuthority trusted CAs} let a user in, as OpenSSH's {@code
         * AuthorizedPrincipalsFile}. By default for the user's name.
         *
         * @param ofUser the principals of a user, of which the certificate must name one; the user's name is any text
         * @return this
         */
        public Builder principals(Function<String, ? extends Collection<String>> ofUser) {
            this.principals = ofUser;
            return this;
        }

        /**
         * Sets what is revoked, as OpenSSH's {@code RevokedKeys}: keys, CAs and certificates.
         *
         * @param list the list as it is now; asked in each login, must answer at once
         * @return this
         */
        public Builder revoked(Supplier<KeyRevocationList> list) {
            this.revoked = list;
            return this;
        }

        /**
         * Sets whether the signed request looks again, so that a key is refused that was removed since the probe, a moment
         * ago. By default both share one look-up, for at most ten seconds.
         *
         * @param again whether each login looks twice
         * @return this
         */
        public Builder lookAgain(boolean again) {
            this.lookAgain = again;
            return this;
        }

        /**
         * Ends sessions whose keys may no longer log in. By default a session lives on.
         *
         * @param logins looks after the sessions; stays the caller's, to be closed after the server
         * @return this
         */
        public Builder endSessions(LiveLogins logins) {
            this.live = Optional.of(logins);
            return this;
        }

        /**
         * Makes the authenticator.
         *
         * @return the authenticator
         */
        public TokenPublickeyAuthenticator build() {
            return new TokenPublickeyAuthenticator(this);
        }
    }
}
