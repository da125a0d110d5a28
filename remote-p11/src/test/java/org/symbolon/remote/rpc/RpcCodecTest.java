package org.symbolon.remote.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument.AttributeBuffer;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Fields;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.Parameter;
import org.symbolon.remote.rpc.Argument.ParameterUpdate;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Ulong;

class RpcCodecTest {
    private static final long ECDSA = 0x1041;
    private static final long EDDSA = 0x1057;
    private static final long AES_CBC = 0x1082;
    private static final long RSA_PKCS_PSS = 0xD;
    private static final long WRAP_TEMPLATE = 0x40000211;
    private static final long ENCRYPT = 0x104;
    private static final Fields PSS = new Fields(List.of(new Ulong(0x250), new Ulong(2), new Ulong(32)));

    @Test
    void mechanism_withoutParameter_isWrittenAsItsReleaseDoes() throws Exception {
        assertThat(mechanism(Dialect.V1, ECDSA, new NoParameter())).isEqualTo("00001041ffffffff");
        assertThat(mechanism(Dialect.V2, ECDSA, new NoParameter())).isEqualTo("00001041");
    }

    @Test
    void mechanism_withTypedParameter_isWrittenInFields() throws Exception {
        String fields = "0000000000000250" + "0000000000000002" + "0000000000000020";
        assertThat(mechanism(Dialect.V0, RSA_PKCS_PSS, PSS)).isEqualTo("0000000d" + fields);
        assertThat(mechanism(Dialect.V2, RSA_PKCS_PSS, PSS)).isEqualTo("0000000d01" + fields);
        assertThat(mechanism(Dialect.V2, RSA_PKCS_PSS, new NoParameter())).isEqualTo("0000000d00");
    }

    @Test
    void mechanism_thatTheTableDoesNotKnow_travelsRaw() throws Exception {
        Raw raw = new Raw(Bytes.of((byte) 7));
        assertThat(mechanism(Dialect.V1, EDDSA, raw)).isEqualTo("000010570000000107");
        assertThat(mechanism(Dialect.V2, EDDSA, raw)).isEqualTo("00001057010000000107");
        assertThat(mechanism(Dialect.V1, EDDSA, new NoParameter())).isEqualTo("00001057ffffffff");
        assertThat(mechanism(Dialect.V2, EDDSA, new NoParameter())).isEqualTo("0000105700");
        assertThat(mechanism(Dialect.V0, AES_CBC, raw))
                .as("0.24.1 has no type for it")
                .isEqualTo("000010820000000107");
    }

    @Test
    void mechanism_null_hasNoParameterInAnyForm() throws Exception {
        assertThat(mechanism(Dialect.V1, RpcMechanism.NULL_MECHANISM, new NoParameter()))
                .isEqualTo("ffffffff");
        assertThat(mechanism(Dialect.V2, RpcMechanism.NULL_MECHANISM, new NoParameter()))
                .isEqualTo("ffffffff");
    }

    @Test
    void mechanism_typedButGivenRaw_isACallersMistake() {
        assertThatThrownBy(() -> mechanism(Dialect.V1, RSA_PKCS_PSS, new Raw(Bytes.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0xd wants its parameter in fields");
        assertThatThrownBy(() -> mechanism(Dialect.V2, RSA_PKCS_PSS, new Fields(List.of(new Ulong(1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 fields, not 1");
    }

    @Test
    void buffersOfATemplate_followAsTheReleaseHasThem() throws Exception {
        BufferList inner = new BufferList(List.of(new AttributeBuffer(ENCRYPT, 1, Optional.empty())));
        AttributeBuffer full = new AttributeBuffer(WRAP_TEMPLATE, 24, Optional.of(inner));
        AttributeBuffer sizeQuery = new AttributeBuffer(WRAP_TEMPLATE, 0, Optional.empty());

        assertThat(buffers(Dialect.V1, full)).isEqualTo("00000001" + "4000021100000018");
        assertThat(buffers(Dialect.V2, full))
                .isEqualTo("00000001" + "4000021100000018" + "00000001" + "0000010400000001");
        assertThat(buffers(Dialect.V1_NESTED, sizeQuery)).isEqualTo("00000001" + "4000021100000000" + "00000000");
        assertThat(buffers(Dialect.V2, sizeQuery)).isEqualTo("00000001" + "4000021100000000");
    }

    @Test
    void derivation_thatFailed_repliesWithoutAHandle() throws Exception {
        RpcCodec codec = new RpcCodec(Dialect.V2);
        RpcMessage request = RpcMessage.of(
                RpcCall.DERIVE_KEY_2,
                new Ulong(1),
                new RpcMechanism(0x1050, new NoParameter()),
                new Ulong(2),
                new AttributeList(List.of()));
        RpcMessage tooSmall = RpcMessage.of(RpcCall.DERIVE_KEY_2, new Ulong(0x150), ParameterUpdate.ABSENT);

        assertThat(codec.decodeReply(codec.encodeReply(tooSmall), request).message())
                .isEqualTo(tooSmall);
    }

    @Test
    void reply_toAnotherCall_isRefused() {
        RpcCodec codec = new RpcCodec(Dialect.V2);
        RpcMessage logout = RpcMessage.of(RpcCall.LOGOUT, new Ulong(1));
        assertThatThrownBy(() -> codec.decodeReply(codec.encodeReply(RpcMessage.of(RpcCall.FINALIZE)), logout))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("C_Logout is answered as C_Finalize");
    }

    @Test
    void reply_thatFailsWithOk_isRefused() {
        RpcCodec codec = new RpcCodec(Dialect.V2);
        RpcMessage logout = RpcMessage.of(RpcCall.LOGOUT, new Ulong(1));
        assertThatThrownBy(() -> codec.decodeReply(codec.encodeReply(RpcMessage.error(0)), logout))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("CKR_OK");
    }

    @Test
    void request_thatClaimsMoreThanThereIs_isRefusedBeforeAnythingIsAllocated() {
        for (String body : List.of(
                "0000002b00000007" + "75617966790000" + "7fffffff",
                "0000001a00000003756141" + "0000000000000001" + "7fffffff",
                "0000001a00000003756141" + "0000000000000001" + "00000001" + "00000003" + "01" + "00000000"
                        + "7ffffff0",
                "00000018" + "ffffffff",
                "00000018" + "7fffffff",
                "00000000" + "00000000",
                "0000005a" + "00000000",
                "")) {
            assertThatThrownBy(() -> new RpcCodec(Dialect.V2)
                            .decodeRequest(HexFormat.of().parseHex(body)))
                    .as(body)
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void template_nestedDeeperThanEight_isRefused() {
        RpcCodec codec = new RpcCodec(Dialect.V2);
        assertThat(codec.encodeRequest(nested(8))).isNotEmpty();
        assertThatThrownBy(() -> codec.decodeRequest(codec.encodeRequest(nested(100))))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("nested deeper than 8");
    }

    @Test
    void template_nestedSevenDeep_isRead() throws Exception {
        RpcCodec codec = new RpcCodec(Dialect.V2);
        assertThat(codec.decodeRequest(codec.encodeRequest(nested(7))).message())
                .isEqualTo(nested(7));
    }

    @Test
    void message_inWords_showsNoValue() {
        RpcMessage login = RpcMessage.of(
                RpcCall.LOGIN,
                new Ulong(1),
                new Ulong(1),
                new Data(Bytes.of("canary".getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        assertThat(login).hasToString("C_Login(Ulong, Ulong, Data)");
    }

    private static RpcMessage nested(int depth) {
        AttributeList list = new AttributeList(List.of());
        for (int i = 0; i < depth; i++) {
            list = new AttributeList(List.of(new RpcAttribute(WRAP_TEMPLATE, 24, list)));
        }
        return RpcMessage.of(RpcCall.CREATE_OBJECT, new Ulong(1), list);
    }

    /** Returns what a mechanism looks like, after checking that it is read as it was written. */
    private static String mechanism(Dialect dialect, long type, Parameter parameter) throws MalformedMessageException {
        RpcMessage request =
                RpcMessage.of(RpcCall.SIGN_INIT, new Ulong(1), new RpcMechanism(type, parameter), new Ulong(2));
        String hex = encodedAndRead(dialect, request);
        return hex.substring(2 * (8 + 3 + 8), hex.length() - 2 * 8);
    }

    private static String buffers(Dialect dialect, AttributeBuffer buffer) throws MalformedMessageException {
        RpcMessage request =
                RpcMessage.of(RpcCall.GET_ATTRIBUTE_VALUE, new Ulong(1), new Ulong(2), new BufferList(List.of(buffer)));
        byte[] body = new RpcCodec(dialect).encodeRequest(request);
        assertThat(new RpcCodec(dialect).decodeRequest(body).bytesLeft()).isZero();
        return HexFormat.of().formatHex(body).substring(2 * (8 + 4 + 16));
    }

    private static String encodedAndRead(Dialect dialect, RpcMessage request) throws MalformedMessageException {
        RpcCodec codec = new RpcCodec(dialect);
        byte[] body = codec.encodeRequest(request);
        assertThat(codec.decodeRequest(body)).isEqualTo(new RpcCodec.Decoded(request, 0));
        return HexFormat.of().formatHex(body);
    }
}
