package org.symbolon.remote.server;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.server.Conversation.Exchange;

/**
 * One client from its first byte to its last: reads a request, has it answered, writes the reply. What the client sends that is
 * no request ends the connection, and nothing else.
 *
 * <p>{@link #serve} runs on one thread at a time; {@link #isLate}, {@link #closeIfIdle} and {@link #close} may be called from others.
 */
final class ClientConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final int BUFFER_BYTES = 1024; // most frames fit, larger ones pass it by
    private static final long QUICK_NANOS = 20_000_000; // a request so soon after the last reply makes a client busier
    private static final int BUSY = 64; // who has sent so many in a row keeps its thread
    private static final int MOST_QUICK = 512; // and for some pauses more

    private final ClientStream stream;
    private final SlotTable slots;
    private final Terms terms;
    private final RefusalLog refusals;
    private final ReplyStream replies;
    private final SideWork sideWork;
    private final boolean mayWait;
    private final InputStream input;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicReference<State> state = new AtomicReference<>(State.ARRIVED);
    private volatile long since = System.nanoTime();
    private long quietSince = since;
    private @Nullable Conversation conversation;
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
     * @param threads what does operations beside the thread that serves, where replies may overtake each other
     * @param mayWait whether it may wait for requests without a thread, as long as they do not follow each other quickly
     */
    ClientConnection(
            ClientStream stream, SlotTable slots, Terms terms, RefusalLog refusals, Executor threads, boolean mayWait) {
        this.mayWait = mayWait;
        this.input = new BufferedInputStream(stream.input(), BUFFER_BYTES);
        this.stream = stream;
        this.slots = slots;
        this.terms = terms;
        this.refusals = refusals;
        this.replies = new ReplyStream(stream.output());
        this.sideWork = new SideWork(threads);
    }

    String name() {
        return stream.name();
    }

    /**
     * Serves the client until it leaves, or until it has nothing to say for now and may wait without a thread.
     *
     * @return whether it waits; then this is called again when it has something to say, or is cut off
     */
    boolean serve() {
        boolean waits = false;
        try {
            waits = converse();
            LOG.debug(waits ? "{} waits" : "{} has left", name());
        } catch (MalformedMessageException e) {
            refusals.add(CutOff.MALFORMED, name(), String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            LOG.debug("{} has left in the middle of a request", name());
        } catch (IOException e) {
            LOG.debug("the connection of {} is lost: {}", name(), e.getMessage());
        } finally {
            if (!waits) {
                end();
            }
        }
        return waits;
    }

    private void end() {
        try (stream) {
            if (conversation != null) {
                conversation.close();
            }
        } finally {
            sideWork.await();
        }
    }

    private boolean converse() throws IOException {
        boolean spoken = conversation != null;
        Conversation current = conversation != null ? conversation : begin();
        while (current != null) {
            if (!spoken && input.available() == 0) { // what came in one flight is not parted
                sideWork.await();
                if (!enter(current.isInitialized() ? State.IDLE : State.ARRIVED)) {
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
            Optional<RpcFrame> frame = RpcFrame.read(input);
            enter(State.WORKING);
            answer(current.read(frame.orElseThrow(EOFException::new)), input.available() > 0);
        }
        return false;
    }

    /** Answers a request here, or hands it on to other threads if more have come already. */
    private void answer(Exchange exchange, boolean moreHaveCome) throws IOException {
        if (!exchange.mayBeOvertaken()) {
            sideWork.await();
            replies.write(exchange.reply());
            return;
        }
        exchange.prepare();
        if (!moreHaveCome || !sideWork.handOn(() -> answerBeside(exchange))) {
            long start = System.nanoTime();
            byte[] reply = exchange.reply();
            sideWork.took(System.nanoTime() - start);
            replies.write(reply);
        }
    }

    private void answerBeside(Exchange exchange) {
        boolean answered = false;
        try {
            replies.write(exchange.reply());
            answered = true;
        } catch (IOException e) {
            LOG.debug("a reply to {} is lost: {}", name(), e.getMessage());
        } finally {
            if (!answered) {
                close(); // the client would wait for ever
            }
        }
    }

    /** Agrees on a version; null if the client leaves instead. */
    private @Nullable Conversation begin() throws IOException {
        int offered = input.read();
        if (offered < 0) {
            return null;
        }
        replies.write(new byte[] {(byte) Math.min(offered, Dialect.NEWEST)});
        conversation = new Conversation(offered, slots, stream.client(), terms);
        return conversation;
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

    /** Returns what the client is connected by. */
    Closeable channel() {
        return stream.connection();
    }

    /** Says that the client waits without a thread from now on. */
    void waits() {
        waiting.set(true);
    }

    /** Says that something has come from the client that waits: from now on it is not idle, though no thread has read it yet. */
    void speaks() {
        since = System.nanoTime();
        if (!state.compareAndSet(State.IDLE, State.READING)) {
            state.compareAndSet(State.ARRIVED, State.READING);
        }
    }

    /** Returns whether the client waited until now, to one caller. */
    boolean wakes() {
        return waiting.compareAndSet(true, false);
    }

    boolean isClosed() {
        return state.get() == State.CLOSED;
    }

    /** Returns whether the client takes longer than it may. */
    boolean isLate(long now) {
        return switch (Objects.requireNonNull(state.get())) {
            case ARRIVED -> now - since > Arrivals.PATIENCE.toNanos();
            case READING -> now - since > terms.messageTime().toNanos() || replies.isLate(now, terms.messageTime());
            case WORKING -> replies.isLate(now, terms.messageTime());
            case IDLE, CLOSED -> false;
        };
    }

    /**
     * Closes the connection if no call has begun on it, so that none is lost.
     *
     * @param silence how long it must have been so
     * @return whether this closed it
     */
    boolean closeIfIdle(Duration silence) {
        boolean idle = System.nanoTime() - since >= silence.toNanos()
                && (state.compareAndSet(State.IDLE, State.CLOSED) || state.compareAndSet(State.ARRIVED, State.CLOSED));
        if (idle) {
            stream.close();
        }
        return idle;
    }

    /** Ends the connection; what runs ends with it. */
    @Override
    public void close() {
        state.set(State.CLOSED);
        stream.close();
    }
}
