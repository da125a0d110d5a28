package org.symbolon.remote.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;

class CapabilityTest {
    @Test
    void offer_readByAServer_isAllThatThereIs() throws Exception {
        assertThat(Capability.offered(Capability.offer())).isEqualTo(EnumSet.allOf(Capability.class));
        assertThat(Capability.answered(Capability.answer(Set.of(Capability.ONE_SHOT))))
                .containsExactly(Capability.ONE_SHOT);
    }

    @Test
    void offered_wordsThatNobodyKnows_arePassedOver() {
        assertThat(Capability.offered(ascii("symbolon/1 one-shot teleport"))).containsExactly(Capability.ONE_SHOT);
    }

    @Test
    void offered_optionsOfOthers_areNone() throws Exception {
        for (String options : new String[] {"", "client", "symbolon", "symbolon/2 one-shot", "x".repeat(65_536)}) {
            assertThat(Capability.offered(ascii(options))).isEmpty();
            assertThat(Capability.answered(ascii(options))).isEmpty();
        }
        assertThat(Capability.answer(Set.of())).isEqualTo(Bytes.empty());
    }

    @Test
    void decodeRequest_aOneShotThatWasNotAgreedOn_isRefused() {
        RpcMessage digest = RpcMessage.of(
                RpcCall.DIGEST_AT_ONCE,
                new Argument.Ulong(1),
                new Argument.RpcMechanism(0x250, new Argument.NoParameter()),
                new Argument.Data(Bytes.empty()));
        byte[] body = new RpcCodec(Dialect.V2).encodeRequest(digest);
        assertThatThrownBy(() -> new RpcCodec(Dialect.V2).decodeRequest(body))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("DigestAtOnce was not agreed on");
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
