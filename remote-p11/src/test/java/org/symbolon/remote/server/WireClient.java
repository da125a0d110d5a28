package org.symbolon.remote.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;

/** A client that can send what it likes. */
final class WireClient implements AutoCloseable {
    static final String HANDSHAKE = "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1";

    private final SocketChannel channel;
    private final InputStream input;
    private final OutputStream output;
    private final RpcCodec codec;
    private final int answeredVersion;
    private int first;

    private WireClient(Path socket, int version) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        input = Channels.newInputStream(channel);
        output = Channels.newOutputStream(channel);
        codec = new RpcCodec(Dialect.of(version));
        answeredVersion = offer(version);
    }

    private int offer(int version) throws IOException {
        try {
            output.write(version);
        } catch (IOException e) {
            return -1; // the server hung up before it heard a word
        }
        return isCutOff() ? -1 : first;
    }

    /** Connects and says a version, no more. */
    static WireClient connect(Path socket, int version) throws IOException {
        return new WireClient(socket, version);
    }

    /** Connects and initializes. */
    static WireClient initialized(Path socket) throws IOException {
        WireClient client = connect(socket, Dialect.NEWEST);
        client.call(initialize(HANDSHAKE));
        return client;
    }

    static RpcMessage initialize(String handshake) {
        return RpcMessage.of(
                RpcCall.INITIALIZE,
                new Data(Bytes.wrap(handshake.getBytes(StandardCharsets.US_ASCII))),
                new Octet(0),
                new Data(Bytes.of((byte) 0)));
    }

    /** The version that the server answered with, -1 if it hung up. */
    int answeredVersion() {
        return answeredVersion;
    }

    RpcMessage call(RpcMessage request) throws IOException {
        request(request);
        return reply(request);
    }

    /** Sends a request, no more. */
    void request(RpcMessage request) throws IOException {
        send(codec.encodeRequest(request));
    }

    /** Waits for the reply to a request that was sent. */
    RpcMessage reply(RpcMessage request) throws IOException {
        RpcFrame reply = RpcFrame.read(input).orElseThrow(() -> new IOException("the server hung up"));
        return codec.decodeReply(reply.body().sharedArray(), request).message();
    }

    /** Sends a frame and waits for the one that answers it. */
    RpcFrame exchange(RpcFrame request) throws IOException {
        sendRaw(request.encode());
        return RpcFrame.read(input).orElseThrow(() -> new IOException("the server hung up"));
    }

    /** Sends a frame with a body. */
    void send(byte[] body) throws IOException {
        sendRaw(new RpcFrame(16, Bytes.empty(), Bytes.wrap(body)).encode());
    }

    void sendRaw(byte[] bytes) throws IOException {
        output.write(bytes);
    }

    /** Sends the start of a frame that claims a body of this length. */
    void sendHeader(int bodyLength) throws IOException {
        sendRaw(ByteBuffer.allocate(RpcFrame.HEADER_BYTES)
                .putInt(16)
                .putInt(0)
                .putInt(bodyLength)
                .array());
    }

    /** Waits until the server hangs up; false if it answers instead. */
    boolean isCutOff() throws IOException {
        try {
            first = input.read();
        } catch (SocketException e) {
            return true; // it hung up with something unread
        }
        return first < 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
