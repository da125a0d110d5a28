package org.symbolon.soft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.Role;
import org.symbolon.SessionInfo;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.object.Hardening;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestLog;
import org.symbolon.spi.SessionSpi;

/** A session on a soft token. */
final class SoftSession implements SessionSpi {
    private final OpenToken token;
    private final SoftToken spi;
    private final SoftSettings settings;
    private final SessionScope scope;
    private final SessionInfo info;
    private final @Nullable Opened opened;
    private final KeyCache publicKeys;
    private final SoftRequests requests;
    private final RequestLog log;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SoftSession(
            OpenToken token,
            SoftToken spi,
            SoftSettings settings,
            SessionScope scope,
            SessionInfo info,
            @Nullable Opened opened,
            Hardening hardening) {
        this.token = token;
        this.spi = spi;
        this.settings = settings;
        this.scope = scope;
        this.info = info;
        this.opened = opened;
        this.publicKeys = new KeyCache(token);
        Unlocked unlocked = opened == null ? null : opened.unlocked();
        ObjectView view = new ObjectView(token, info.role(), unlocked, pinned(opened, settings));
        KeyCache cache = unlocked != null && info.role() == Role.USER ? unlocked.cache() : publicKeys;
        SessionAccess access =
                new SessionAccess(info, token, view, scope, unlocked, cache, opened, settings, hardening);
        this.requests = new SoftRequests(access, settings);
        this.log = new RequestLog(SoftSession.class, info.token().label());
    }

    static SoftSession open(
            OpenToken token,
            SoftToken spi,
            SoftSettings settings,
            SessionScope scope,
            Login login,
            boolean readOnly,
            CallOptions options)
            throws TokenException {
        TokenInfo info = spi.info(options);
        if (login instanceof Login.SecurityOfficer && readOnly) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_SESSION_READ_ONLY_EXISTS"), "the security officer's session is not read-only");
        }
        Anchoring.requireCurrent(token, settings, options.deadline());
        Opened opened = unlock(token, settings, login, options);
        boolean good = false;
        try {
            requirePinnedKey(opened, settings);
            if (opened != null) {
                Anchoring.loggedIn(token, settings, options.deadline());
            }
            Hardening hardening = policy(token, opened, options).objects().hardening();
            SessionInfo session = new SessionInfo(info, login.role(), readOnly);
            SoftSession result = new SoftSession(token, spi, settings, scope, session, opened, hardening);
            token.sessionOpened();
            scope.enter(login.role());
            good = true;
            return result;
        } finally {
            if (!good && opened != null) {
                opened.leave();
            }
        }
    }

    /** Returns the token's policy; who is not logged in takes the token's word for it. */
    private static TokenPolicy policy(OpenToken token, @Nullable Opened opened, CallOptions options)
            throws TokenException {
        return TokenPolicy.of(token.database()
                .read(
                        options.deadline(),
                        sql -> opened == null
                                ? token.record(sql)
                                : token.record(
                                        sql, Bytes.wrap(opened.signingKey().publicKey()))));
    }

    private static @Nullable Opened unlock(OpenToken token, SoftSettings settings, Login login, CallOptions options)
            throws TokenException {
        if (login.role() == Role.PUBLIC) {
            return null;
        }
        PinGate gate = new PinGate(token, settings);
        if (login instanceof Login.User user) {
            return gate.open(Role.USER, user.pin(), options.deadline());
        } else if (login instanceof Login.SecurityOfficer officer) {
            return gate.open(Role.SECURITY_OFFICER, officer.pin(), options.deadline());
        }
        throw new TokenAuthenticationException(
                Status.ckr("CKR_ARGUMENTS_BAD"),
                "a soft token knows no login but by PIN: it has no PIN pad and no transport that proves an identity",
                OptionalInt.empty(),
                null);
    }

    /** Returns the signing key by which public objects are verified without the token's keys. */
    private static Optional<Bytes> pinned(@Nullable Opened opened, SoftSettings settings) {
        return opened != null && opened.unlocked() == null
                ? Optional.of(Bytes.wrap(opened.signingKey().publicKey()))
                : settings.verifyKey();
    }

    /**
     * Refuses a token whose signing key is another than the one that is pinned: the whole database was replaced. Who
     * opened it leaves it.
     */
    static void requirePinnedKey(@Nullable Opened unlocked, SoftSettings settings) throws TokenException {
        if (unlocked == null || settings.verifyKey().isEmpty()) {
            return;
        }
        if (!settings.verifyKey().get().equals(Bytes.wrap(unlocked.signingKey().publicKey()))) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the token's signing key is not the one that is pinned");
        }
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        requireOpen();
        return log.dispatch(request, requests, options);
    }

    /** Does several things, one after the other; objects are created or changed many in a transaction. */
    @Override
    public List<Outcome<?>> performAll(List<? extends Request<?>> all, CallOptions options) {
        requireOpen();
        return requests.together(all, options).orElseGet(() -> SessionSpi.super.performAll(all, options));
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        requireOpen();
        options.deadline().check("the token");
        return requests.start(request, options);
    }

    @Override
    public SessionSpi login(Login login, CallOptions options) throws TokenException {
        requireOpen();
        return open(token, spi, settings, scope, login, info.readOnly(), options);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException(
                    "the session on token \"" + info.token().label() + "\" was closed");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            scope.leave(info.role());
            publicKeys.close();
            if (opened != null) {
                opened.leave();
            }
            token.sessionClosed();
        }
    }
}
