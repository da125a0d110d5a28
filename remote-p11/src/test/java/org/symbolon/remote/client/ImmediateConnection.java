package org.symbolon.remote.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.transport.Transport;

/** A connection to a server without a thread: it answers when it is read from. */
final class ImmediateConnection extends InputStream implements Transport {
    private final Greeting greeting;
    private final Server server;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private InputStream answers = InputStream.nullInputStream();
    private boolean greeted;
    private boolean closed;

    /** How a server answers to the version that a client offers. */
    @FunctionalInterface
    interface Greeting {
        /** Returns the version, or a negative number to hang up. */
        int answer(int offered);
    }

    /** What a server does with a request. */
    @FunctionalInterface
    interface Server {
        /** Returns the frame that answers a frame. */
        RpcFrame answer(RpcFrame request) throws IOException;
    }

    ImmediateConnection(Greeting greeting, Server server) {
        this.greeting = greeting;
        this.server = server;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (answers.available() == 0) {
            answers = new ByteArrayInputStream(answer());
        }
        return answers.read(bytes, offset, length);
    }

    private byte[] answer() throws IOException {
        InputStream input = new ByteArrayInputStream(sent.toByteArray());
        sent.reset();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!greeted) {
            greeted = true;
            int version = greeting.answer(input.read());
            if (version < 0) {
                return new byte[0];
            }
            all.write(version);
        }
        for (Optional<RpcFrame> frame = RpcFrame.read(input); frame.isPresent(); frame = RpcFrame.read(input)) {
            all.writeBytes(server.answer(frame.get()).encode());
        }
        return all.toByteArray();
    }

    @Override
    public InputStream input() {
        return this;
    }

    @Override
    public OutputStream output() {
        return sent;
    }

    @Override
    public String lastWords() {
        return "";
    }

    @Override
    public void close() {
        closed = true;
    }
}
