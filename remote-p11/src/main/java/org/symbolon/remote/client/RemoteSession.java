package org.symbolon.remote.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.symbolon.Deadline;
import org.symbolon.Login;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.Role;
import org.symbolon.SessionInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.TokenPermissionException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestLog;
import org.symbolon.spi.SessionSpi;

/** A session on a remote token. */
final class RemoteSession implements SessionSpi {
    private final SessionInfo info;
    private final SessionAccess access;
    private final RemoteRequests requests;
    private final RequestLog log;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RemoteSession(SessionInfo info, SessionAccess access) {
        this.info = info;
        this.access = access;
        this.requests = new RemoteRequests(access);
        this.log = new RequestLog(RemoteSession.class, info.token().label());
    }

    static RemoteSession open(RemoteToken token, SessionScope scope, Login login, boolean readOnly, Deadline deadline)
            throws TokenException {
        if (readOnly && login.role() == Role.SECURITY_OFFICER) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_SESSION_READ_ONLY_EXISTS"), "the security officer's session is not read-only");
        }
        TokenInfo info = token.info(deadline);
        boolean effective = readOnly || info.has(TokenFlag.WRITE_PROTECTED);
        Credential credential = Credential.of(login, info.has(TokenFlag.LOGIN_REQUIRED));
        ConnectionPool pool = token.module().pools().enter(token.name(), credential, effective, deadline);
        scope.enter();
        return new RemoteSession(
                new SessionInfo(info, login.role(), effective), new SessionAccess(token, scope, pool, effective));
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

    @Override
    public List<Outcome<?>> performAll(List<? extends Request<?>> all, CallOptions options) {
        requireOpen();
        return new RequestFlight(access, options).perform(all, request -> perform(request, options));
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
        return open(access.token(), access.scope(), login, info.readOnly(), options.deadline());
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
            access.scope().leave();
            access.token().module().pools().leave(access.pool());
        }
    }
}
