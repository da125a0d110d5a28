package org.symbolon.remote.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.transport.CallWatch;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.remote.transport.Transport;

/**
 * A server that answers as some bytes say, without a thread of its own. For each reply one byte is taken from them: below 128
 * the reply is as it should be; below 192 its arguments are the bytes that follow, behind their length in one byte; else its
 * whole body is, behind its length in two. When the bytes have run out the server behaves.
 */
final class FuzzedServer implements Endpoint {
    private static final int HEADER_BYTES = 8;

    private final byte[] data;
    private final ScriptedModule behaving = new ScriptedModule();
    private int at;
    private int replies;

    FuzzedServer(byte[] data) {
        this.data = data;
    }

    /** How many replies it gave. */
    int replies() {
        return replies;
    }

    @Override
    public Transport connect(CallWatch watch, Deadline deadline) {
        return new Connection(Math.min(next() % 4, Dialect.NEWEST));
    }

    @Override
    public String toString() {
        return "the fuzzed server";
    }

    private int next() {
        return at < data.length ? data[at++] & 0xFF : 0;
    }

    private byte[] next(int length) {
        byte[] bytes = Arrays.copyOfRange(data, Math.min(at, data.length), Math.min(at + length, data.length));
        at += bytes.length;
        return bytes;
    }

    private byte[] reply(RpcCodec codec, RpcMessage request) {
        replies++;
        int how = next();
        if (how >= 192) {
            return next(next() << 8 | next());
        }
        if (how < 128) {
            return codec.encodeReply(behaving.answer(request));
        }
        byte[] arguments = next(next());
        byte[] signature = request.call().reply().text().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEADER_BYTES + signature.length + arguments.length)
                .putInt(request.call().number())
                .putInt(signature.length)
                .put(signature)
                .put(arguments)
                .array();
    }

    /** Answers when it is read from. */
    private final class Connection extends InputStream implements Transport {
        private final RpcCodec codec;
        private final ByteArrayOutputStream requests = new ByteArrayOutputStream();
        private InputStream answers;
        private boolean greeted;
        private boolean closed;

        Connection(int version) {
            codec = new RpcCodec(Dialect.of(version));
            answers = new ByteArrayInputStream(new byte[] {(byte) version});
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
            byte[] sent = requests.toByteArray();
            requests.reset();
            InputStream input = new ByteArrayInputStream(sent, greeted ? 0 : 1, sent.length);
            greeted = true;
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (Optional<RpcFrame> frame = RpcFrame.read(input); frame.isPresent(); frame = RpcFrame.read(input)) {
                RpcMessage request =
                        codec.decodeRequest(frame.get().body().sharedArray()).message();
                Bytes body = Bytes.wrap(reply(codec, request));
                all.writeBytes(new RpcFrame(frame.get().code(), Bytes.empty(), body).encode());
            }
            return all.toByteArray();
        }

        @Override
        public InputStream input() {
            return this;
        }

        @Override
        public OutputStream output() {
            return requests;
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
}
