package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.MechanismType;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcMessage;

class RequestReaderTest {
    @ParameterizedTest
    @CsvSource({"0, OLD", "0, NEW", "1, OLD", "1, NEW", "2, OLD", "2, NEW"})
    void read_ofAClientOfOursThatWasToldHowToWriteMechanisms_takesBothForms(int version, Dialect.Mechanisms told)
            throws Exception {
        Dialect agreed = Dialect.of(version).with(EnumSet.allOf(Capability.class));
        RpcMessage request = RpcMessage.of(
                RpcCall.SIGN_INIT,
                new Ulong(1),
                new RpcMechanism(MechanismType.named("CKM_ECDSA").code(), new NoParameter()),
                new Ulong(2));
        Request read = RequestReader.of(agreed).read(new RpcCodec(agreed.with(told)).encodeRequest(request));
        assertThat(read.call()).isEqualTo(RpcCall.SIGN_INIT);
    }
}
