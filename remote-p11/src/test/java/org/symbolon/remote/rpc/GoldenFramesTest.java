package org.symbolon.remote.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoldenFramesTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void decodeAndEncode_everyRecordedFrame_givesTheSameBytes() throws Exception {
        Set<RpcCall> seen = EnumSet.noneOf(RpcCall.class);
        List<GoldenFrames> all = GoldenFrames.all();
        for (GoldenFrames frames : all) {
            RpcCodec codec = new RpcCodec(frames.dialect());

            RpcCodec.Decoded request = codec.decodeRequest(frames.request().sharedArray());
            assertThat(request.bytesLeft()).as("left of %s", request).isZero();
            assertThat(HEX.formatHex(codec.encodeRequest(request.message())))
                    .as("%s of %s", request, frames.release())
                    .isEqualTo(frames.request().toHex());

            RpcCodec.Decoded reply = codec.decodeReply(frames.reply().sharedArray(), request.message());
            assertThat(reply.bytesLeft()).as("left of %s", reply).isZero();
            assertThat(HEX.formatHex(codec.encodeReply(reply.message())))
                    .as("%s of %s", reply, frames.release())
                    .isEqualTo(frames.reply().toHex());
            seen.add(request.message().call());
        }
        assertThat(all).hasSizeGreaterThan(500);
        assertThat(seen).containsAll(callsOfP11Kit());
    }

    private static Set<RpcCall> callsOfP11Kit() {
        Set<RpcCall> calls = EnumSet.complementOf(EnumSet.of(RpcCall.ERROR));
        calls.removeIf(RpcCall::isOneShot);
        return calls;
    }

    @Test
    void decode_anyPrefixOfAFrame_isRefusedOrComplete() throws Exception {
        int refused = 0;
        for (GoldenFrames frames : GoldenFrames.all()) {
            RpcCodec codec = new RpcCodec(frames.dialect());
            for (int length = 0; length < frames.request().length(); length += 1 + length / 16) {
                try {
                    codec.decodeRequest(java.util.Arrays.copyOf(frames.request().sharedArray(), length));
                    assertThat(true)
                            .as("%d bytes of a request were taken for all of it", length)
                            .isFalse();
                } catch (MalformedMessageException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }
}
