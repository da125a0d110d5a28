package org.symbolon.kmip.token;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.symbolon.ChangeSubscription;
import org.symbolon.Login;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.Role;
import org.symbolon.SessionInfo;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestLog;
import org.symbolon.spi.SessionSpi;

/** A session on a KMIP token. Who the user is, the client's certificate says, or a name with a password that is the PIN. */
final class KmipSession implements SessionSpi {
    private final SessionInfo info;
    private final KmipToken token;
    private final SessionScope scope;
    private final @Nullable Server own;
    private final SessionRequests requests;
    private final ChangeSubscription changes;
    private final RequestLog log;
    private final AtomicBoolean closed = new AtomicBoolean();

    private KmipSession(SessionInfo info, KmipToken token, SessionScope scope, @Nullable Server own) {
        this.info = info;
        this.token = token;
        this.scope = scope;
        this.own = own;
        Server server = own == null ? token.server() : own;
        Labels labels = token.labels(server);
        SessionAccess access = new SessionAccess(
                token,
                server,
                new ObjectReader(server, labels, token.group()),
                new ObjectFinder(server, labels, token.group()),
                new ObjectMaker(server, labels, token.group()),
                new SessionObjects(scope, info.role(), token.serial()),
                info.role(),
                info.readOnly(),
                token.serial());
        KeyFacts facts = new KeyFacts(access, token.changeDelay());
        this.changes = token.feed().subscribe(facts, () -> {});
        this.requests = new SessionRequests(access, facts);
        this.log = new RequestLog(KmipSession.class, info.token().label());
    }

    static KmipSession open(KmipToken token, SessionScope scope, Login login, boolean readOnly, CallOptions options)
            throws TokenException {
        TokenInfo info;
        Server own = null;
        try {
            info = token.info(options);
            own = server(token, login, options);
        } catch (TokenException e) {
            throw Refusals.inPkcs11(e);
        }
        scope.enter();
        return new KmipSession(new SessionInfo(info, login.role(), readOnly), token, scope, own);
    }

    /**
     * Returns the server as a user asks it who logs in by a password, after trying it; null for everybody else. What is tried is a
     * Locate, since servers answer a Query to anybody.
     */
    private static @Nullable Server server(KmipToken token, Login login, CallOptions options) throws TokenException {
        if (login.role() == Role.SECURITY_OFFICER) {
            throw noSuchLogin("a KMIP server has no security officer");
        }
        if (!(login instanceof Login.User user)) {
            return null;
        }
        if (!token.server().settings().asksForPassword()) {
            throw noSuchLogin("this server knows its users by their certificates and takes no PIN: log in by identity");
        }
        Server own = token.server().as(user.pin());
        boolean good = false;
        try {
            Attributes anything = Attributes.NONE.with(AttributeType.OBJECT_TYPE, ObjectType.PUBLIC_KEY);
            own.call(new Locate.Request(1, null, null, null, anything), options.deadline());
            good = true;
            return own;
        } finally {
            if (!good) {
                own.close();
            }
        }
    }

    private static TokenAuthenticationException noSuchLogin(String why) {
        return new TokenAuthenticationException(Status.ckr("CKR_USER_TYPE_INVALID"), why, OptionalInt.empty(), null);
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        requireOpen();
        try {
            return log.dispatch(request, requests, options);
        } catch (TokenException e) {
            throw Refusals.inPkcs11(e);
        }
    }

    /** Does several things, in few messages where the server takes them so. */
    @Override
    public List<Outcome<?>> performAll(List<? extends Request<?>> all, CallOptions options) {
        requireOpen();
        return requests.together().perform(all, options, request -> alone(request, options));
    }

    private <R> Outcome<R> alone(Request<R> request, CallOptions options) {
        try {
            return Outcome.success(perform(request, options));
        } catch (TokenException e) {
            return Outcome.failure(e);
        }
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        requireOpen();
        try {
            options.deadline().check("the server");
            return requests.start(request, options);
        } catch (TokenException e) {
            throw Refusals.inPkcs11(e);
        }
    }

    @Override
    public SessionSpi login(Login login, CallOptions options) throws TokenException {
        requireOpen();
        return open(token, scope, login, info.readOnly(), options);
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
            changes.close();
            scope.leave();
            if (own != null) {
                own.close();
            }
        }
    }
}
