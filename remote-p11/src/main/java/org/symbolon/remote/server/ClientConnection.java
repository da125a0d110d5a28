package org.symbolon.remote.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
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
 * <p>{@link #serve} runs on a thread of its own; {@link #isLate}, {@link #closeIfIdle} and {@link #close} may be called from others.
 */
final class ClientConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final int BUFFER_BYTES = 1024; // most frames fit, larger ones pass it by

    private final ClientStream stream;
    private final SlotTable slots;
    private final Terms terms;
    private final RefusalLog refusals;
    private final ReplyStream replies;
    private final SideWork sideWork;
    private final AtomicReference<State> state = new AtomicReference<>(State.ARRIVED);
    private volatile long since = System.nanoTime();

    /** What the connection does. */
    private enum State {
        ARRIVED,
        IDLE,
        READING,
        WORKING,
        CLOSED
    }

    /**
     * Makes a connection.
     *
     * @param threads what does operations beside the thread that serves, where replies may overtake each other
     */
    ClientConnection(ClientStream stream, SlotTable slots, Terms terms, RefusalLog refusals, Executor threads) {
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

    /** Serves the client until it leaves. */
    void serve() {
        try (stream) {
            converse(new BufferedInputStream(stream.input(), BUFFER_BYTES));
            LOG.debug("{} has left", name());
        } catch (MalformedMessageException e) {
            refusals.add(CutOff.MALFORMED, name(), String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            LOG.debug("{} has left in the middle of a request", name());
        } catch (IOException e) {
            LOG.debug("the connection of {} is lost: {}", name(), e.getMessage());
        }
    }

    private void converse(InputStream input) throws IOException {
        int offered = input.read();
        if (offered < 0) {
            return;
        }
        replies.write(new byte[] {(byte) Math.min(offered, Dialect.NEWEST)});
        try (Conversation conversation = new Conversation(offered, slots, stream.client(), terms)) {
            while (hasMore(input, conversation) && enter(State.READING)) {
                Optional<RpcFrame> frame = RpcFrame.read(input);
                enter(State.WORKING);
                answer(conversation.read(frame.orElseThrow(EOFException::new)), input.available() > 0);
            }
        } finally {
            sideWork.await();
        }
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

    /** Waits for the first byte of a request; returns false if the client leaves instead. */
    private boolean hasMore(InputStream input, Conversation conversation) throws IOException {
        boolean arrived = input.available() > 0; // what came in one flight with the last request is not parted from it
        if (!arrived) {
            sideWork.await();
        }
        if (!arrived && !enter(conversation.isInitialized() ? State.IDLE : State.ARRIVED)) {
            return false;
        }
        input.mark(1);
        boolean more = input.read() >= 0;
        if (more) {
            input.reset();
        }
        return more;
    }

    /** Goes on to something else; false if the connection was closed meanwhile, and nothing more may be begun. */
    private boolean enter(State next) {
        since = System.nanoTime();
        return state.updateAndGet(now -> now == State.CLOSED ? now : next) == next;
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

    /** Closes the connection if no call has begun on it, so that none is lost. */
    void closeIfIdle() {
        if (state.compareAndSet(State.IDLE, State.CLOSED) || state.compareAndSet(State.ARRIVED, State.CLOSED)) {
            stream.close();
        }
    }

    /** Ends the connection; what runs ends with it. */
    @Override
    public void close() {
        state.set(State.CLOSED);
        stream.close();
    }
}
