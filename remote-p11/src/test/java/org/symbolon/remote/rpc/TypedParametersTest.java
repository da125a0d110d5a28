package org.symbolon.remote.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.MechanismParameters;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Typed;
import org.symbolon.remote.rpc.Argument.Ulong;

class TypedParametersTest {
    private static final long CKM_EDDSA = 0x1057;
    private static final Dialect OURS = Dialect.V2.with(Set.of(Capability.TYPED));
    private static final Bytes NONCE = Bytes.wrap(new byte[12]);
    private static final Bytes DATA = Bytes.of((byte) 1, (byte) 2, (byte) 3);

    static List<MechanismParameters> parameters() {
        MechanismParameters.Oaep oaep = new MechanismParameters.Oaep(HashAlgorithm.SHA_256, HashAlgorithm.SHA_1, DATA);
        return List.of(
                oaep,
                new MechanismParameters.RsaAesKeyWrap(256, oaep),
                new MechanismParameters.Gcm(NONCE, Bytes.empty(), 128),
                new MechanismParameters.Ccm(1000, NONCE, DATA, 16),
                new MechanismParameters.Poly1305(NONCE, DATA),
                new MechanismParameters.SignContext(MechanismParameters.Hedge.REQUIRED, DATA),
                new MechanismParameters.SignContext(
                        MechanismParameters.Hedge.PREFERRED, Bytes.empty(), Optional.of(HashAlgorithm.SHA_512)),
                new MechanismParameters.EdDsa(true, DATA),
                new DerivationParameters.Ecdh(1, Bytes.empty(), DATA),
                new DerivationParameters.Hkdf(HashAlgorithm.SHA_256, DATA, DATA),
                new DerivationParameters.StringData(DATA));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void read_whatWasWritten_isTheSame(MechanismParameters parameters) throws Exception {
        Bytes written = TypedParameters.write(parameters).orElseThrow();
        assertThat(TypedParameters.read(written)).isEqualTo(parameters);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void read_anyPrefixOrMore_isRefused(MechanismParameters parameters) {
        byte[] written = TypedParameters.write(parameters).orElseThrow().toByteArray();
        for (int length = 0; length <= written.length + 1; length++) {
            if (length != written.length) {
                Bytes damaged = Bytes.wrap(Arrays.copyOf(written, length));
                assertThatThrownBy(() -> TypedParameters.read(damaged)).isInstanceOf(MalformedMessageException.class);
            }
        }
    }

    @Test
    void read_valuesThatCannotBe_isRefused() {
        for (byte[] hostile : List.of(new byte[] {99}, new byte[] {6, 3, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1})) {
            assertThatThrownBy(() -> TypedParameters.read(Bytes.wrap(hostile)))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void write_aSaltThatIsAKey_hasNoForm() {
        assertThat(TypedParameters.write(new MechanismParameters.None())).isEmpty();
    }

    @Test
    void encode_betweenEndsOfOurs_keepsTypedAndFlatParametersApart() throws Exception {
        RpcCodec codec = new RpcCodec(OURS);
        for (Argument.Parameter parameter :
                List.of(new Typed(new MechanismParameters.EdDsa(false, DATA)), new Raw(DATA), new Raw(Bytes.empty()))) {
            RpcMessage request = RpcMessage.of(
                    RpcCall.SIGN_INIT, new Ulong(1), new RpcMechanism(CKM_EDDSA, parameter), new Ulong(2));
            RpcCodec.Decoded decoded = codec.decodeRequest(codec.encodeRequest(request));
            assertThat(decoded.bytesLeft()).isZero();
            assertThat(decoded.message()).isEqualTo(request);
        }
    }
}
