package org.symbolon.tests.fake;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.symbolon.Login;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.SessionInfo;
import org.symbolon.TokenException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.SessionSpi;

/** A decorator that tells how long everything took: requests that exist and that will exist. */
record TimingSession(SessionSpi session, BiConsumer<Request<?>, Duration> told) implements SessionSpi {
    @Override
    public SessionInfo info() {
        return session.info();
    }

    @Override
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        return timed(List.of(request), () -> session.perform(request, options));
    }

    @Override
    public List<Outcome<?>> performAll(List<? extends Request<?>> requests, CallOptions options) {
        return timed(requests, () -> session.performAll(requests, options));
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        return timed(List.of(request), () -> session.start(request, options));
    }

    @Override
    public SessionSpi login(Login login, CallOptions options) throws TokenException {
        return new TimingSession(session.login(login, options), told);
    }

    @Override
    public void close() {
        session.close();
    }

    private interface Call<R, E extends Exception> {
        R make() throws E;
    }

    private <R, E extends Exception> R timed(List<? extends Request<?>> requests, Call<R, E> call) throws E {
        long start = System.nanoTime();
        try {
            return call.make();
        } finally {
            requests.forEach(request -> told.accept(request, Duration.ofNanos(System.nanoTime() - start)));
        }
    }
}
