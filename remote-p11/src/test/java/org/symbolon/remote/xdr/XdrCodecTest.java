package org.symbolon.remote.xdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.MechanismParameters;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.AttributeBuffer;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Fields;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Typed;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.GoldenFrames;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcMessage;

class XdrCodecTest {
    private static final long CKM_RSA_PKCS_PSS = 0xD;
    private static final long CKA_CLASS = 0;
    private static final long CKA_UNIQUE_ID = 4;
    private static final long CKA_PARAMETER_SET = 0x61D;

    /** Everything that programs said to each other through p11-kit, in our program. */
    @Test
    void decode_whatWasRecordedOfP11Kit_isTheSameInXdr() throws Exception {
        Set<RpcCall> seen = EnumSet.noneOf(RpcCall.class);
        for (GoldenFrames frames : GoldenFrames.all()) {
            RpcCodec codec = new RpcCodec(frames.dialect());
            RpcMessage request =
                    codec.decodeRequest(frames.request().sharedArray()).message();
            RpcMessage reply =
                    codec.decodeReply(frames.reply().sharedArray(), request).message();
            if (request.arguments().stream().noneMatch(XdrCodecTest::isOfP11KitOnly)
                    && request.call() != RpcCall.INITIALIZE
                    && request.call() != RpcCall.DERIVE_KEY_2) {
                RpcMessage again = XdrCodec.decodeRequest(request.call(), XdrCodec.encodeRequest(request));
                assertThat(plain(again)).isEqualTo(plain(request));
                assertThat(plain(XdrCodec.decodeReply(request, XdrCodec.encodeReply(reply))))
                        .isEqualTo(plain(reply));
                seen.add(request.call());
            }
        }
        assertThat(seen).hasSizeGreaterThan(70);
    }

    /** Parameters as p11-kit's fields, which its own structures replace in XDR. */
    private static boolean isOfP11KitOnly(Argument argument) {
        return argument instanceof RpcMechanism mechanism && mechanism.parameter() instanceof Fields;
    }

    /** A message without what XDR has no need of: lengths in somebody's memory, NULL beside no bytes, capacities. */
    private static List<Object> plain(RpcMessage message) {
        return message.arguments().stream().map(XdrCodecTest::plain).toList();
    }

    private static Object plain(Argument argument) {
        if (argument instanceof AttributeList list) {
            return list.attributes().stream()
                    .map(attribute -> List.of(
                            attribute.type(),
                            attribute.value() instanceof NoData ? new Data(Bytes.empty()) : plain(attribute.value())))
                    .toList();
        } else if (argument instanceof BufferList buffers) {
            return buffers.buffers().stream().map(AttributeBuffer::type).toList();
        }
        return argument;
    }

    @Test
    void encodeRequest_signInit_hasTheBytesOfTheProgram() {
        RpcMessage request = RpcMessage.of(
                RpcCall.SIGN_INIT,
                new Ulong(1),
                new RpcMechanism(
                        CKM_RSA_PKCS_PSS,
                        new Typed(new MechanismParameters.Pss(HashAlgorithm.SHA_256, HashAlgorithm.SHA_256, 32))),
                new Ulong(2));
        assertThat(Bytes.wrap(XdrCodec.encodeRequest(request)).toHex())
                .isEqualTo(
                        "0000000000000001" // session
                                + "000000000000000d" // CKM_RSA_PKCS_PSS
                                + "0000000b" // case PK_PSS
                                + "0000000000000250" // CKM_SHA256
                                + "0000000000000250" // CKM_SHA256 for MGF1
                                + "0000000000000020" // 32 bytes of salt
                                + "0000000000000002"); // key
    }

    @Test
    void encode_numbersThatP11KitDoesNotType_areNumbers() throws Exception {
        RpcMessage request = RpcMessage.of(
                RpcCall.FIND_OBJECTS_INIT,
                new Ulong(1),
                new AttributeList(List.of(
                        new RpcAttribute(CKA_CLASS, 8, new Ulong(3)),
                        new RpcAttribute(
                                CKA_PARAMETER_SET,
                                8,
                                new Data(Bytes.of(
                                        (byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte)
                                                0))),
                        new RpcAttribute(CKA_UNIQUE_ID, 1, new Data(Bytes.of((byte) 'x'))))));
        byte[] encoded = XdrCodec.encodeRequest(request);
        assertThat(Bytes.wrap(encoded).toHex())
                .isEqualTo("0000000000000001" + "00000003" + "0000000000000000" + "00000002" + "0000000000000003"
                        + "000000000000061d" + "00000002" + "0000000000000002"
                        + "0000000000000004" + "00000003" + "00000001" + "78000000");
        assertThat(XdrCodec.decodeRequest(RpcCall.FIND_OBJECTS_INIT, encoded)).isEqualTo(request);
    }

    @Test
    void decodeRequest_anyPrefixOrMore_isMalformed() {
        RpcMessage request = RpcMessage.of(
                RpcCall.GET_ATTRIBUTE_VALUE,
                new Ulong(1),
                new Ulong(2),
                new BufferList(List.of(new AttributeBuffer(CKA_CLASS, 8, Optional.empty()))));
        byte[] encoded = XdrCodec.encodeRequest(request);
        for (int length = 0; length <= encoded.length + 4; length++) {
            byte[] damaged = Arrays.copyOf(encoded, length);
            if (length != encoded.length) {
                assertThatThrownBy(() -> XdrCodec.decodeRequest(RpcCall.GET_ATTRIBUTE_VALUE, damaged))
                        .isInstanceOf(MalformedMessageException.class);
            }
        }
    }

    @Test
    void decodeRequest_templatesNestedTooDeep_areRefused() {
        AttributeList nested = new AttributeList(List.of());
        for (int depth = 0; depth < 10; depth++) {
            nested = new AttributeList(List.of(new RpcAttribute(0x4000_0211, 24, nested)));
        }
        byte[] encoded = XdrCodec.encodeRequest(RpcMessage.of(RpcCall.FIND_OBJECTS_INIT, new Ulong(1), nested));
        assertThatThrownBy(() -> XdrCodec.decodeRequest(RpcCall.FIND_OBJECTS_INIT, encoded))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void encodeReply_aFailure_isItsReturnValueAlone() throws Exception {
        assertThat(XdrCodec.encodeReply(RpcMessage.error(0xA0))).containsExactly(0, 0, 0, 0xA0);
        RpcMessage request = RpcMessage.of(RpcCall.CLOSE_SESSION, new Ulong(1));
        assertThat(XdrCodec.decodeReply(request, XdrCodec.encodeReply(RpcMessage.error(0xA0)))
                        .failure())
                .isEqualTo(0xA0);
    }
}
