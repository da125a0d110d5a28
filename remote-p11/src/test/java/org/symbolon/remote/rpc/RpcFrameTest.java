package org.symbolon.remote.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;

class RpcFrameTest {
    private static final RpcFrame FRAME = new RpcFrame(0x10, Bytes.ofHex("636c69656e74"), Bytes.ofHex("0203"));

    @Test
    void encode_aFrame_hasTheHeaderOfTheReference() {
        assertThat(HexFormat.of().formatHex(FRAME.encode()))
                .isEqualTo("00000010" + "00000006" + "00000002" + "636c69656e74" + "0203");
    }

    @Test
    void read_whatWasEncoded_isTheSame() throws Exception {
        assertThat(read(FRAME.encode())).contains(FRAME);
    }

    @Test
    void read_atTheEnd_isEmpty() throws Exception {
        assertThat(read(new byte[0])).isEmpty();
    }

    @Test
    void read_aPartOfAFrame_isAnEnd() {
        byte[] whole = FRAME.encode();
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void read_lengthsBeyondTheBounds_areRefused() {
        assertThatThrownBy(() -> read(HexFormat.of().parseHex("00000010" + "00000000" + "7fffffff")))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("a frame claims a body of 2147483647 bytes; the most is 16777216");
        assertThatThrownBy(() -> read(HexFormat.of().parseHex("00000010" + "ffffffff" + "00000000")))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("a frame claims options of 4294967295 bytes; the most is 65536");
    }

    @Test
    void wipe_aFrame_clearsItsBody() {
        RpcFrame frame = new RpcFrame(1, Bytes.empty(), Bytes.of((byte) 1, (byte) 2));
        frame.wipe();
        assertThat(frame.body()).isEqualTo(Bytes.of((byte) 0, (byte) 0));
    }

    private static Optional<RpcFrame> read(byte[] bytes) throws IOException {
        return RpcFrame.read(new ByteArrayInputStream(bytes));
    }
}
