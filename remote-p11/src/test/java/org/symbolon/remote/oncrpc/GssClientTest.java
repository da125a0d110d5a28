package org.symbolon.remote.oncrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.ietf.jgss.GSSContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Bytes;
import org.symbolon.Deadline;

/** The client's end against the server's, and against what comes between them. */
class GssClientTest {
    private static final RpcProgram PROGRAM = new RpcProgram(0x2000_0001, 1);

    private final List<GSSContext> made = new ArrayList<>();
    private final Between between = new Between();

    /** A server in the same thread that adds one to each byte, and whoever is between it and the client. */
    private final class Between {
        private final GssServer server = new GssServer(PROGRAM, StandInGss.accepting(), GssService.NONE);
        private final Queue<byte[]> replies = new ArrayDeque<>();
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private UnaryOperator<byte[]> change = UnaryOperator.identity();

        private final OutputStream output = new OutputStream() {
            @Override
            public void write(int b) {
                sent.write(b);
            }

            @Override
            public void flush() throws IOException {
                byte[] record = sent.toByteArray();
                sent.reset();
                answer(server.take(Arrays.copyOfRange(record, 4, record.length)));
            }
        };

        private final InputStream input = new InputStream() {
            private ByteBuffer current = ByteBuffer.allocate(0);

            @Override
            public int read() {
                if (!current.hasRemaining()) {
                    byte[] next = replies.poll();
                    if (next == null) {
                        return -1;
                    }
                    current = ByteBuffer.wrap(RpcRecord.encode(change.apply(next)));
                }
                return current.get() & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int first = read();
                if (first < 0) {
                    return -1;
                }
                into[offset] = (byte) first;
                int more = Math.min(length - 1, current.remaining());
                current.get(into, offset + 1, more);
                return 1 + more;
            }
        };

        private void answer(GssServer.Outcome outcome) {
            if (outcome instanceof GssServer.Answered answered) {
                replies.add(answered.message().toByteArray());
            } else if (outcome instanceof GssServer.Call call) {
                byte[] results = call.arguments().clone();
                for (int i = 0; i < results.length; i++) {
                    results[i]++;
                }
                replies.add(call.reply(results).orElseThrow());
            }
        }
    }

    private GssClient client(GssService service) {
        return new GssClient(
                PROGRAM,
                service,
                () -> {
                    made.add(StandInGss.initiator("alice"));
                    return made.get(made.size() - 1);
                },
                between.input,
                between.output);
    }

    private long send(GssClient client, byte[] arguments) throws IOException {
        long xid = client.write(7, arguments, between.output);
        between.output.flush();
        return xid;
    }

    @ParameterizedTest
    @EnumSource(GssService.class)
    void receive_afterSend_givesTheResults(GssService service) throws Exception {
        try (GssClient client = client(service)) {
            client.renewIfDue(Deadline.after(Duration.ofSeconds(30)));
            long first = send(client, new byte[] {1, 2, 3, 4});
            long second = send(client, new byte[] {5, 6, 7, 8});
            assertThat(client.receive())
                    .isEqualTo(new GssClient.Reply(first, Bytes.of((byte) 2, (byte) 3, (byte) 4, (byte) 5)));
            assertThat(client.receive())
                    .isEqualTo(new GssClient.Reply(second, Bytes.of((byte) 6, (byte) 7, (byte) 8, (byte) 9)));
        }
    }

    @Test
    void renewIfDue_shortlyBeforeTheEnd_makesAContextAndDestroysTheOld() throws Exception {
        try (GssClient client = client(GssService.PRIVACY)) {
            client.renewIfDue(Deadline.after(Duration.ofSeconds(30)));
            client.renewIfDue(Deadline.after(Duration.ofSeconds(30)));
            assertThat(made).hasSize(1);
            StandInGss.of(made.get(0)).lifetime = GssClient.RENEWAL_SECONDS;
            client.renewIfDue(Deadline.after(Duration.ofSeconds(30)));
            assertThat(made).hasSize(2);
            send(client, new byte[4]);
            assertThat(client.receive().results()).isEqualTo(Bytes.wrap(new byte[] {1, 1, 1, 1}));
        }
    }

    @ParameterizedTest
    @EnumSource(GssService.class)
    void receive_aReplyThatWasChangedAnywhere_isNotTaken(GssService service) throws Exception {
        int length = service == GssService.NONE ? 60 : 96; // what is beyond is covered as what is before
        for (int changed = 0; changed < length; changed++) {
            int index = changed;
            try (GssClient client = client(service)) {
                between.change = UnaryOperator.identity();
                client.renewIfDue(Deadline.after(Duration.ofSeconds(30)));
                between.change = reply -> {
                    byte[] other = reply.clone();
                    other[index] ^= 1;
                    return other;
                };
                send(client, new byte[] {1, 2, 3, 4});
                if (isNotCovered(service, index)) {
                    client.receive();
                } else {
                    assertThatThrownBy(client::receive, "byte %d", index).isInstanceOf(IOException.class);
                }
            }
        }
    }

    /** The results themselves, where nothing protects them; they follow 60 bytes of header. */
    private static boolean isNotCovered(GssService service, int index) {
        return service == GssService.NONE && index >= 56 && index < 60;
    }

    @Test
    void receive_aReplyToAnEarlierCall_isNotTaken() throws Exception {
        try (GssClient client = client(GssService.PRIVACY)) {
            client.renewIfDue(Deadline.after(Duration.ofSeconds(30)));
            List<byte[]> seen = new ArrayList<>();
            between.change = reply -> {
                seen.add(reply);
                return reply;
            };
            send(client, new byte[4]);
            client.receive();
            between.change = reply -> {
                byte[] old = seen.get(0).clone();
                System.arraycopy(reply, 0, old, 0, 4); // with the xid of the new call
                return old;
            };
            send(client, new byte[4]);
            assertThatThrownBy(client::receive).isInstanceOf(IOException.class).hasMessageContaining("does not prove");
        }
    }

    @Test
    void receive_aDenial_saysSo() throws Exception {
        try (GssClient client = client(GssService.PRIVACY)) {
            client.renewIfDue(Deadline.after(Duration.ofSeconds(30)));
            between.server.close();
            send(client, new byte[4]);
            assertThatThrownBy(client::receive).isInstanceOf(IOException.class).hasMessageContaining("auth_stat 13");
        }
    }
}
