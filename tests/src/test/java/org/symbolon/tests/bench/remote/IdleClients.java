package org.symbolon.tests.bench.remote;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.symbolon.Bytes;
import org.symbolon.config.SecretReference;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.tests.remote.TlsKeys;
import org.symbolon.transport.OwnKey;
import org.symbolon.transport.TlsMaterial;

/** Clients of a server that have opened a session each and say nothing more. */
final class IdleClients implements Closeable {
    private static final RpcCodec CODEC = new RpcCodec(Dialect.V2);
    private static final String HANDSHAKE = "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1";
    private static final long SERIAL_SESSION = 4;

    private final List<Closeable> open = new ArrayList<>();

    /** Connects a client. */
    @FunctionalInterface
    interface Connecting {
        void one(IdleClients clients) throws IOException;
    }

    static Connecting unix(Path socket) {
        return clients -> {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            clients.introduce(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
        };
    }

    static Connecting tls(TlsKeys keys, int port) throws GeneralSecurityException {
        SSLSocketFactory sockets = TlsMaterial.ofClient(
                        Optional.of(keys.certificate("server")),
                        Optional.of(OwnKey.of(
                                keys.keyStore("client"),
                                OwnKey.Password.of(SecretReference.parse("file:" + keys.password())))))
                .context()
                .getSocketFactory();
        return clients -> {
            SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", port);
            clients.introduce(socket, socket.getInputStream(), socket.getOutputStream());
        };
    }

    private void introduce(Closeable connection, InputStream input, OutputStream output) throws IOException {
        open.add(connection);
        output.write(Dialect.NEWEST);
        input.read();
        ask(
                input,
                output,
                RpcMessage.of(
                        RpcCall.INITIALIZE,
                        new Data(Bytes.wrap(HANDSHAKE.getBytes(StandardCharsets.US_ASCII))),
                        new Octet(0),
                        new Data(Bytes.of((byte) 0))));
        RpcMessage slots = ask(input, output, RpcMessage.of(RpcCall.GET_SLOT_LIST, new Octet(1), new Buffer(64)));
        long slot = ((Ulongs) slots.get(0)).values().get(0);
        ask(input, output, RpcMessage.of(RpcCall.OPEN_SESSION, new Ulong(slot), new Ulong(SERIAL_SESSION)));
    }

    private static RpcMessage ask(InputStream input, OutputStream output, RpcMessage request) throws IOException {
        Bytes name = Bytes.wrap("client".getBytes(StandardCharsets.US_ASCII));
        output.write(new RpcFrame(1, name, Bytes.wrap(CODEC.encodeRequest(request))).encode());
        RpcFrame reply = RpcFrame.read(new DataInputStream(input)).orElseThrow();
        RpcMessage answer =
                CODEC.decodeReply(reply.body().sharedArray(), request).message();
        if (answer.failure() != 0) {
            throw new IOException(request.call().function() + " failed: " + answer.failure());
        }
        return answer;
    }

    /**
     * Returns by how many megabytes a server's resident memory grows when so many clients come. As many have come and gone
     * before, a few at a time, so that what a server touches once for all is not counted.
     */
    static double growth(long pid, int count, Connecting connecting) throws IOException {
        int few = count / 20;
        for (int left = count; left > 0; left -= few) {
            try (IdleClients before = new IdleClients()) {
                for (int i = 0; i < few; i++) {
                    connecting.one(before);
                }
            }
        }
        double before = resident(pid);
        try (IdleClients clients = new IdleClients()) {
            for (int i = 0; i < count; i++) {
                connecting.one(clients);
            }
            return resident(pid) - before;
        }
    }

    private static double resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        for (Closeable connection : open) {
            connection.close();
        }
    }
}
