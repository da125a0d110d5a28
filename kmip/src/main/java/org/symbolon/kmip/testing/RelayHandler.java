package org.symbolon.kmip.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.ttlv.MessageFrame;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** Hands messages on to a real server. */
final class RelayHandler implements KmipHandler {
    private static final TtlvLimits LIMITS = TtlvLimits.DEFAULT.withMaxBytes(1 << 24);

    private final InetSocketAddress server;
    private final SSLContext tls;
    private final ConcurrentLinkedDeque<SSLSocket> idle = new ConcurrentLinkedDeque<>();

    RelayHandler(InetSocketAddress server, SSLContext tls) {
        this.server = server;
        this.tls = tls;
    }

    @Override
    public Ttlv.Structure answer(Ttlv.Structure request) throws IOException {
        SSLSocket kept = idle.poll();
        SSLSocket socket = kept != null
                ? kept
                : (SSLSocket) tls.getSocketFactory().createSocket(server.getAddress(), server.getPort());
        boolean whole = false;
        try {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(TtlvEncoder.encode(request));
            byte[] response = MessageFrame.read(socket.getInputStream(), MessageCodec.RESPONSE, LIMITS)
                    .orElseThrow(() -> new EOFException(server + " ended the connection"));
            Ttlv.Structure answer = (Ttlv.Structure) TtlvDecoder.decode(response, LIMITS);
            whole = true;
            return answer;
        } finally {
            if (whole) {
                idle.push(socket);
            } else {
                socket.close();
            }
        }
    }

    @Override
    public void close() {
        for (SSLSocket socket = idle.poll(); socket != null; socket = idle.poll()) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
