package org.symbolon.tests.contract;

import org.symbolon.Login;
import org.symbolon.Operation;
import org.symbolon.SessionInfo;
import org.symbolon.TokenException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.SessionSpi;

/** Says when a request is about to reach the backend: from then on the call runs. */
record AnnouncingSession(SessionSpi session, Runnable announcement) implements SessionSpi {
    @Override
    public SessionInfo info() {
        return session.info();
    }

    @Override
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        announcement.run();
        return session.perform(request, options);
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        return session.start(request, options);
    }

    @Override
    public SessionSpi login(Login login, CallOptions options) throws TokenException {
        return session.login(login, options);
    }

    @Override
    public void close() {
        session.close();
    }
}
