package org.symbolon.remote.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcFrame;

/**
 * One client from its first byte to its last: reads a request, has it answered, writes the reply. What the client sends that is
 * no request ends the connection, and nothing else.
 *
 * <p>{@link #serve} runs on a thread of its own; {@link #isLate}, {@link #isIdle} and {@link #close} may be called from others.
 */
final class ClientConnection implements AutoCloseable {
    /** How long a client may take to introduce itself. */
    static final Duration INTRODUCTION = Duration.ofSeconds(5);
    /** How long a request may take to arrive once it has begun, and a reply to be taken. */
    static final Duration MESSAGE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ClientStream stream;
    private final SlotTable slots;
    private final ClientLimits limits;
    private volatile long since = System.nanoTime();
    private volatile State state = State.ARRIVED;

    /** What the connection does. */
    private enum State {
        ARRIVED,
        IDLE,
        READING,
        WORKING,
        WRITING
    }

    ClientConnection(ClientStream stream, SlotTable slots, ClientLimits limits) {
        this.stream = stream;
        this.slots = slots;
        this.limits = limits;
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
            LOG.warn("{} is cut off: {}", name(), e.getMessage());
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
        stream.output().write(Math.min(offered, Dialect.NEWEST));
        stream.output().flush();
        try (Conversation conversation = new Conversation(offered, slots, limits)) {
            while (hasMore(input, conversation)) {
                enter(State.READING);
                Optional<RpcFrame> frame = RpcFrame.read(input);
                enter(State.WORKING);
                byte[] reply = conversation.reply(frame.orElseThrow(EOFException::new));
                enter(State.WRITING);
                write(reply);
            }
        }
    }

    /** Waits for the first byte of a request; returns false if the client leaves instead. */
    private boolean hasMore(InputStream input, Conversation conversation) throws IOException {
        if (conversation.isInitialized()) {
            enter(State.IDLE);
        }
        input.mark(1);
        boolean more = input.read() >= 0;
        if (more) {
            input.reset();
        }
        return more;
    }

    private void write(byte[] reply) throws IOException {
        try {
            stream.output().write(reply);
            stream.output().flush();
        } finally {
            Arrays.fill(reply, (byte) 0);
        }
    }

    private void enter(State next) {
        since = System.nanoTime();
        state = next;
    }

    /** Returns whether the client takes longer than it may. */
    boolean isLate(long now) {
        return switch (state) {
            case ARRIVED -> now - since > INTRODUCTION.toNanos();
            case READING, WRITING -> now - since > MESSAGE.toNanos();
            case IDLE, WORKING -> false;
        };
    }

    /** Returns whether the client waits for nothing. */
    boolean isIdle() {
        return state == State.IDLE || state == State.ARRIVED;
    }

    /** Ends the connection; what runs ends with it. */
    @Override
    public void close() {
        stream.close();
    }
}
