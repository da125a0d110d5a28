package org.symbolon.remote.server;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.server.Conversation.Exchange;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.RefusalLog;
import org.symbolon.serve.ServedClient;

/** A client that speaks p11-kit's protocol: a version each, then frames. */
final class ClientConnection extends ServedClient {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    private final SlotTable slots;
    private final Terms terms;
    private final SideWork sideWork;
    private @Nullable Conversation conversation;

    /**
     * Makes the connection of a client.
     *
     * @param threads what does operations beside the thread that serves, where replies may overtake each other
     */
    ClientConnection(
            ClientStream stream, SlotTable slots, Terms terms, RefusalLog refusals, Executor threads, boolean mayWait) {
        super(stream, terms.times(), refusals, mayWait);
        this.slots = slots;
        this.terms = terms;
        this.sideWork = new SideWork(threads);
    }

    /** Agrees on a version. */
    @Override
    protected boolean greet() throws IOException {
        int offered = input().read();
        if (offered < 0) {
            return false;
        }
        replies().write(new byte[] {(byte) Math.min(offered, Dialect.NEWEST)});
        conversation = new Conversation(offered, slots, client(), terms);
        return true;
    }

    @Override
    protected boolean isIntroduced() {
        return conversation != null && conversation.isInitialized();
    }

    @Override
    protected void answerNext() throws IOException {
        Conversation current = Objects.requireNonNull(conversation);
        RpcFrame frame = RpcFrame.read(input()).orElseThrow(EOFException::new);
        works();
        answer(current.read(frame), input().available() > 0);
    }

    /** Answers a request here, or hands it on to other threads if more have come already. */
    private void answer(Exchange exchange, boolean moreHaveCome) throws IOException {
        if (!exchange.mayBeOvertaken()) {
            sideWork.await();
            replies().write(exchange.reply());
            return;
        }
        exchange.prepare();
        if (!moreHaveCome || !sideWork.handOn(() -> answerBeside(exchange))) {
            long start = System.nanoTime();
            byte[] reply = exchange.reply();
            sideWork.took(System.nanoTime() - start);
            replies().write(reply);
        }
    }

    private void answerBeside(Exchange exchange) {
        boolean answered = false;
        try {
            replies().write(exchange.reply());
            answered = true;
        } catch (IOException e) {
            LOG.debug("a reply to {} is lost: {}", name(), e.getMessage());
        } finally {
            if (!answered) {
                close(); // the client would wait for ever
            }
        }
    }

    @Override
    protected void settle() {
        sideWork.await();
    }

    @Override
    protected void left() {
        if (conversation != null) {
            conversation.close();
        }
    }

    @Override
    protected boolean isMalformed(IOException failure) {
        return failure instanceof MalformedMessageException;
    }
}
