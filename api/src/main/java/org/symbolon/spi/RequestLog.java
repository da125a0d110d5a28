package org.symbolon.spi;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;

/**
 * Dispatches the requests of a session, and tells a logger at debug level what each was, how it ended and how long it
 * took; never what was signed, nor any value of an object. Costs nothing where that level is off. Immutable and
 * thread-safe as the logger.
 */
public final class RequestLog {
    private static final long NANOS_IN_MICRO = 1_000;

    private final Logger logger;
    private final String tokenLabel;

    /**
     * Makes the log of a session.
     *
     * @param session the backend's class of sessions, which gives the logger its name
     * @param tokenLabel the label of the session's token
     */
    public RequestLog(Class<?> session, String tokenLabel) {
        this.logger = LoggerFactory.getLogger(session);
        this.tokenLabel = Objects.requireNonNull(tokenLabel);
    }

    /**
     * Checks the deadline of a request and has it handled.
     *
     * @param <R> what it returns
     * @param request the request
     * @param handler what handles it
     * @param options its deadline and PIN
     * @return its result
     * @throws TokenException if it fails, or its deadline has passed
     */
    public <R> R dispatch(Request<R> request, RequestHandler handler, CallOptions options) throws TokenException {
        options.deadline().check("the token");
        if (!logger.isDebugEnabled()) {
            return request.dispatch(handler, options);
        }
        long start = System.nanoTime();
        String outcome = "failed";
        try {
            R result = request.dispatch(handler, options);
            outcome = "done";
            return result;
        } finally {
            long micros = (System.nanoTime() - start) / NANOS_IN_MICRO;
            logger.debug("{} in token \"{}\": {} in {} µs", request.describe(), tokenLabel, outcome, micros);
        }
    }
}
