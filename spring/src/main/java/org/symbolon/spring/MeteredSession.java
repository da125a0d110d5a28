package org.symbolon.spring;

import java.time.Duration;
import java.util.List;
import org.symbolon.Login;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.SessionInfo;
import org.symbolon.TokenException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.SessionSpi;

/** Tells the metrics how long each request took and what came of it: those that exist and those that will. */
record MeteredSession(SessionSpi session, OperationTimers timers) implements SessionSpi {
    @Override
    public SessionInfo info() {
        return session.info();
    }

    @Override
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        long start = System.nanoTime();
        try {
            R result = session.perform(request, options);
            timers.succeeded(request, since(start));
            return result;
        } catch (TokenException e) {
            timers.failed(request, e, since(start));
            throw e;
        }
    }

    /** Each request of a batch counts with the time of the batch, for that is how long its caller waited. */
    @Override
    public List<Outcome<?>> performAll(List<? extends Request<?>> requests, CallOptions options) {
        long start = System.nanoTime();
        List<Outcome<?>> outcomes = session.performAll(requests, options);
        Duration time = since(start);
        for (int i = 0; i < outcomes.size(); i++) {
            TokenException failure = outcomes.get(i).failure();
            if (failure == null) {
                timers.succeeded(requests.get(i), time);
            } else {
                timers.failed(requests.get(i), failure, time);
            }
        }
        return outcomes;
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        long start = System.nanoTime();
        try {
            return new MeteredOperation(session.start(request, options), request, timers, since(start));
        } catch (TokenException e) {
            timers.failed(request, e, since(start));
            throw e;
        }
    }

    @Override
    public SessionSpi login(Login login, CallOptions options) throws TokenException {
        return new MeteredSession(session.login(login, options), timers);
    }

    @Override
    public void close() {
        session.close();
    }

    static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
