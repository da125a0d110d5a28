package org.symbolon.remote.oncrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.symbolon.remote.rpc.MalformedMessageException;

class RpcRecordTest {
    private static Optional<byte[]> read(ByteArrayInputStream in) throws IOException {
        return RpcRecord.read(in, RpcRecord.MAX_BYTES);
    }

    private static byte[] fragment(boolean last, byte... bytes) {
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt((last ? 0x8000_0000 : 0) | bytes.length)
                .put(bytes)
                .array();
    }

    @Test
    void read_whatWasEncoded_isTheSame() throws Exception {
        byte[] message = new byte[300_001];
        new Random(7).nextBytes(message);
        assertThat(read(new ByteArrayInputStream(RpcRecord.encode(message))))
                .hasValueSatisfying(read -> assertThat(read).isEqualTo(message));
    }

    @Test
    void read_fragments_areOneMessage() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(fragment(false, (byte) 1, (byte) 2));
        out.writeBytes(fragment(false));
        out.writeBytes(fragment(true, (byte) 3));
        assertThat(read(new ByteArrayInputStream(out.toByteArray())))
                .hasValueSatisfying(read -> assertThat(read).containsExactly(1, 2, 3));
    }

    @Test
    void read_theEnd_isNoMessage() throws Exception {
        assertThat(read(new ByteArrayInputStream(new byte[0]))).isEmpty();
    }

    @Test
    void read_aRecordOf4GiB_isRefusedBeforeItCame() {
        byte[] header = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        assertThatThrownBy(() -> read(new ByteArrayInputStream(header)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("more than it may have");
    }

    @Test
    void read_fragmentsThatSumUpToTooMuch_areRefused() {
        byte[] big = new byte[RpcRecord.MAX_BYTES];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(fragment(false, big));
        out.writeBytes(fragment(true, (byte) 1));
        assertThatThrownBy(() -> read(new ByteArrayInputStream(out.toByteArray())))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void read_endlessEmptyFragments_areRefused() {
        byte[] zeros = new byte[8 * RpcRecord.MAX_FRAGMENTS];
        assertThatThrownBy(() -> read(new ByteArrayInputStream(zeros)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("fragments");
    }

    @Test
    void read_anyPrefix_isAnEnd() {
        byte[] record = RpcRecord.encode(new byte[] {1, 2, 3});
        for (int length = 1; length < record.length; length++) {
            byte[] prefix = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> read(new ByteArrayInputStream(prefix))).isInstanceOf(EOFException.class);
        }
    }
}
