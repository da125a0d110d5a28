package org.symbolon.spi;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Login;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.SessionInfo;
import org.symbolon.TokenException;

/**
 * What a session of a backend does, and what a decorator wraps.
 *
 * <p>Thread-safe. Everything but {@code info} and {@code close} may block until the deadline in its options and answers
 * interruption with {@link org.symbolon.TokenUnavailableException}.
 */
public interface SessionSpi extends AutoCloseable {
    /** {@return what this session is. Does not block} */
    SessionInfo info();

    /**
     * Does what is asked.
     *
     * @param request what is asked
     * @param options what accompanies the call
     * @param <R> the class of the result
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    <R> R perform(Request<R> request, CallOptions options) throws TokenException;

    /**
     * Does several things that do not depend on each other, in one flight or one batch where the backend can. A failure
     * touches its own request only.
     *
     * @param requests what is asked
     * @param options what accompanies the call
     * @return one outcome for each request, in their order
     */
    default List<Outcome<?>> performAll(List<? extends Request<?>> requests, CallOptions options) {
        List<Outcome<?>> outcomes = new ArrayList<>(requests.size());
        for (Request<?> request : requests) {
            try {
                outcomes.add(Outcome.success(perform(request, options)));
            } catch (TokenException e) {
                outcomes.add(Outcome.failure(e));
            }
        }
        return outcomes;
    }

    /**
     * Starts an operation whose data comes in parts.
     *
     * @param request what is asked; its data is empty
     * @param options what accompanies the call
     * @return the operation
     * @throws TokenException if the token refuses or fails
     */
    Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException;

    /**
     * Logs in: returns a session of another role that shares this one's session objects and stays open when this one is
     * closed.
     *
     * @param login how
     * @param options what accompanies the call
     * @return the session
     * @throws TokenException if the token refuses or fails
     */
    SessionSpi login(Login login, CallOptions options) throws TokenException;

    /** Ends the session; the last of those that share session objects destroys them. Idempotent, throws nothing. */
    @Override
    void close();
}
