package org.symbolon.serve;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client from its first byte to its last: a protocol says how a request is read and answered. What the client sends that is
 * no request ends the connection, and nothing else.
 *
 * <p>A protocol's methods are called by one thread at a time; {@link #close} may be called by any.
 */
public abstract class ServedClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedClient.class);
    private static final int BUFFER_BYTES = 1024; // most requests fit, larger ones pass it by
    private static final long QUICK_NANOS = 20_000_000; // a request so soon after the last reply makes a client busier
    private static final int BUSY = 64; // who has sent so many in a row keeps its thread
    private static final int MOST_QUICK = 512; // and for some pauses more

    private final ClientStream stream;
    private final ClientTimes times;
    private final RefusalLog refusals;
    private final ReplyStream replies;
    private final boolean mayWait;
    private final InputStream input;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicReference<State> state = new AtomicReference<>(State.ARRIVED);
    private volatile long since = System.nanoTime();
    private long quietSince = since;
    private boolean greeted;
    private int quick;

    /** What the connection does. */
    private enum State {
        ARRIVED,
        IDLE,
        READING,
        WORKING,
        CLOSED
    }

    /**
     * Makes the connection of a client.
     *
     * @param stream what it says and hears
     * @param times how long it may take
     * @param refusals where it is told why it is cut off
     * @param mayWait whether it may wait for requests without a thread, as long as they do not follow each other quickly
     */
    protected ServedClient(ClientStream stream, ClientTimes times, RefusalLog refusals, boolean mayWait) {
        this.mayWait = mayWait;
        this.input = new BufferedInputStream(stream.input(), BUFFER_BYTES);
        this.stream = stream;
        this.times = times;
        this.refusals = refusals;
        this.replies = new ReplyStream(stream.output());
    }

    // ---- what a protocol says

    /**
     * Does what comes before the first request.
     *
     * @return false if the client leaves instead
     * @throws IOException if the connection ends
     */
    protected boolean greet() throws IOException {
        return true;
    }

    /** {@return whether the client has said enough of itself to be silent for longer than those who have just come} */
    protected boolean isIntroduced() {
        return true;
    }

    /**
     * Reads a request, of which a byte is there at least, calls {@link #works} and answers it.
     *
     * @throws IOException if the connection ends
     */
    protected abstract void answerNext() throws IOException;

    /** Waits until what was handed to other threads is done. */
    protected void settle() {}

    /** Ends what the client has; called once. */
    protected void left() {}

    /**
     * Tells a client that breaks the protocol from one that is lost.
     *
     * @param failure why the connection ends
     * @return whether the client sent what is no request
     */
    protected abstract boolean isMalformed(IOException failure);

    // ---- what a protocol uses

    /** {@return what the client sends, buffered} */
    protected final InputStream input() {
        return input;
    }

    /** {@return where its replies go} */
    protected final ReplyStream replies() {
        return replies;
    }

    /** {@return who the client is} */
    protected final ClientIdentity client() {
        return stream.client();
    }

    /** {@return who the client is and where it came in, for the log} */
    public final String name() {
        return stream.name();
    }

    /** Says that the request has come whole: from now on it is the server that takes time. */
    protected final void works() {
        enter(State.WORKING);
    }

    // ---- serving

    /**
     * Serves the client until it leaves, or until it has nothing to say for now and may wait without a thread.
     *
     * @return whether it waits; then this is called again when it has something to say, or is cut off
     */
    public final boolean serve() {
        boolean waits = false;
        try {
            waits = converse();
            LOG.debug(waits ? "{} waits" : "{} has left", name());
        } catch (EOFException e) {
            LOG.debug("{} has left in the middle of a request", name());
        } catch (IOException e) {
            if (isMalformed(e)) {
                refusals.add(CutOff.MALFORMED, name(), String.valueOf(e.getMessage()));
            } else {
                LOG.debug("the connection of {} is lost: {}", name(), e.getMessage());
            }
        } finally {
            if (!waits) {
                end();
            }
        }
        return waits;
    }

    private void end() {
        try (stream) {
            left();
        } finally {
            settle();
        }
    }

    private boolean converse() throws IOException {
        boolean spoken = greeted;
        if (!greeted && !greet()) {
            return false;
        }
        greeted = true;
        while (true) {
            if (!spoken && input.available() == 0) { // what came in one flight is not parted
                settle();
                if (!enter(isIntroduced() ? State.IDLE : State.ARRIVED)) {
                    return false;
                }
                if (mayWait && quick < BUSY) {
                    return true;
                }
            }
            spoken = false;
            if (isClosed() || !hasMore() || !enter(State.READING)) {
                return false;
            }
            answerNext();
        }
    }

    /** Waits for the first byte of a request; returns false if the client leaves instead. */
    private boolean hasMore() throws IOException {
        input.mark(1);
        boolean more = input.read() >= 0;
        if (more) {
            input.reset();
            boolean soon = System.nanoTime() - quietSince < QUICK_NANOS;
            quick = soon ? Math.min(quick + 1, MOST_QUICK) : quick / 2;
        }
        return more;
    }

    /** Goes on to something else; false if the connection was closed meanwhile, and nothing more may be begun. */
    private boolean enter(State next) {
        long now = System.nanoTime();
        since = now;
        if (next != State.READING) {
            quietSince = now;
        }
        return state.updateAndGet(old -> old == State.CLOSED ? old : next) == next;
    }

    // ---- waiting without a thread, and the end

    /** Returns what the client is connected by. */
    final Closeable channel() {
        return stream.connection();
    }

    /** Says that the client waits without a thread from now on. */
    final void waits() {
        waiting.set(true);
    }

    /** Says that something has come from the client that waits: from now on it is not idle, though no thread has read it yet. */
    public final void speaks() {
        since = System.nanoTime();
        if (!state.compareAndSet(State.IDLE, State.READING)) {
            state.compareAndSet(State.ARRIVED, State.READING);
        }
    }

    /** Returns whether the client waited until now, to one caller. */
    final boolean wakes() {
        return waiting.compareAndSet(true, false);
    }

    /** {@return whether the connection was closed} */
    public final boolean isClosed() {
        return state.get() == State.CLOSED;
    }

    /**
     * Returns whether the client takes longer than it may.
     *
     * @param now the time of {@link System#nanoTime}
     * @return whether it is to be cut off
     */
    public final boolean isLate(long now) {
        long taken = now - since;
        return switch (Objects.requireNonNull(state.get())) {
            case ARRIVED -> taken > Arrivals.PATIENCE.toNanos();
            case READING -> taken > times.message().toNanos() || replies.isLate(now, times.message());
            case WORKING -> replies.isLate(now, times.message());
            case IDLE -> taken > times.silence().toNanos();
            case CLOSED -> false;
        };
    }

    /**
     * Closes the connection if no call has begun on it, so that none is lost.
     *
     * @param silence how long it must have been so
     * @return whether this closed it
     */
    public final boolean closeIfIdle(Duration silence) {
        boolean idle = System.nanoTime() - since >= silence.toNanos()
                && (state.compareAndSet(State.IDLE, State.CLOSED) || state.compareAndSet(State.ARRIVED, State.CLOSED));
        if (idle) {
            stream.close();
        }
        return idle;
    }

    /** Ends the connection; what runs ends with it. Idempotent, throws nothing. */
    @Override
    public final void close() {
        state.set(State.CLOSED);
        stream.close();
    }
}
