package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.RecordedDialogue;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;

/** All releases of p11-kit's client, as they were recorded, with our server: every reply is of the kind that theirs gave. */
@Timeout(300)
class RecordedClientsTest {
    /** Where ours answers otherwise than SoftHSM behind p11-kit's server: recorded, given, and why. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            known("GetMechanismInfo [Ulong, Ulong, Ulong] 0x70", "soft tokens have no DSA, no DES, no MD5"),
            known("GetAttributeValue [[0x4 Unavailable], 0x12] [[0x4 NoData], 0x0]", "SoftHSM has no CKA_UNIQUE_ID"),
            known(
                    "GetAttributeValue [[0x40000600 Ulongs], 0x0] [[0x40000600 Unavailable], 0x12]",
                    "SoftHSM gives empty lists and templates that nobody gave"),
            known(
                    "GetAttributeValue [[0x40000211 AttributeList, 0x40000600 Ulongs], 0x0]"
                            + " [[0x40000211 Unavailable, 0x40000600 Unavailable], 0x12]",
                    "the same"),
            known(
                    "GetAttributeValue [[0x40000211 AttributeList, 0x40000600 Ulongs, 0x0 Ulong, 0x1 Octet], 0x0]"
                            + " [[0x40000211 Unavailable, 0x40000600 Unavailable, 0x0 Ulong, 0x1 Octet], 0x12]",
                    "the same"),
            known(
                    "GetAttributeValue [[0x11 Unavailable, 0x120 Unavailable, 0x102 Data], 0x12]"
                            + " [[0x11 Unavailable, 0x120 Unavailable, 0x102 Data], 0x150]",
                    "one value is too long, another not there: either return value is right"),
            known(
                    "GetAttributeValue 0x5"
                            + " [[0x0 Ulong, 0x1 Octet, 0x102 Data, 0x110 Data, 0x111 NoData, 0x3 NoData], 0x0]",
                    "SoftHSM fails on empty dates"),
            known(
                    "GetAttributeValue [[0x40000211 AttributeList, 0x0 Ulong, 0x0 Ulong, 0x0 Unavailable], 0x150]"
                            + " [[0x40000211 AttributeList, 0x40000600 Ulongs, 0x0 Ulong, 0x1 Octet], 0x0]",
                    "0.25.5 asks for the length of a template wrongly and its server follows"),
            known("GenerateKey 0x30 [Ulong]", "servers up to 0.25.3 take no template in a template"),
            known("EncryptInit 0x7 []", "a NULL mechanism ends the operation since PKCS #11 3.0"),
            known("SignInit 0x70 0x63", "soft tokens have CKM_SHA256_HMAC_GENERAL, and an AES key is none for it"),
            known("GetOperationState 0x54 0x180", "CKR_STATE_UNSAVEABLE"),
            known("SetOperationState 0x54 0x160", "CKR_SAVED_STATE_INVALID"),
            known("DigestEncryptUpdate 0x54 0x91", "ours has it, and no operations are active"),
            known("DecryptDigestUpdate 0x54 0x91", "the same"),
            known("SignEncryptUpdate 0x54 0x91", "the same"),
            known("DecryptVerifyUpdate 0x54 0x91", "the same"),
            known("FindObjects [5 objects] [6 objects]", "the key that their server did not make"),
            known("SessionCancel 0x54 []", "ours has it"),
            known("CloseAllSessions [] 0x3", "there is no such slot"));

    @TempDir
    Path folder;

    private static Map.Entry<String, String> known(String difference, String reason) {
        return Map.entry("C_" + difference, reason);
    }

    @Test
    void client_ofEachRelease_getsWhatItGotFromItsOwnServer() throws Exception {
        Set<String> differences = new TreeSet<>();
        int exchanges = 0;
        for (RecordedDialogue dialogue : RecordedDialogue.all()) {
            exchanges += dialogue.exchanges().size();
            try (RecordedToken token = RecordedToken.of(dialogue);
                    RemoteTokenServer server = token.serve(folder.resolve("s"))) {
                assertThat(server.clients()).isZero();
                replay(dialogue, differences);
            }
        }
        assertThat(differences).containsExactlyInAnyOrderElementsOf(KNOWN.keySet());
        assertThat(exchanges).isEqualTo(1218);
    }

    private void replay(RecordedDialogue dialogue, Set<String> differences) throws IOException {
        RpcCodec codec = new RpcCodec(dialogue.dialect());
        RecordedHandles handles = new RecordedHandles();
        try (WireClient client = WireClient.connect(folder.resolve("s"), dialogue.offered())) {
            assertThat(client.answeredVersion()).isEqualTo(dialogue.answered());
            boolean walks = false;
            for (RecordedDialogue.Exchange exchange : dialogue.exchanges()) {
                RpcMessage request =
                        codec.decodeRequest(exchange.request().sharedArray()).message();
                RpcMessage recorded = codec.decodeReply(exchange.reply().sharedArray(), request)
                        .message();
                RpcMessage ours = handles.ours(request);
                RpcFrame answer = client.exchange(new RpcFrame(
                        exchange.code(), exchange.options(), org.symbolon.Bytes.wrap(codec.encodeRequest(ours))));
                assertThat(answer.code()).isEqualTo(exchange.code());
                assertThat(answer.options().length()).isZero();
                RpcCodec.Decoded given = codec.decodeReply(answer.body().sharedArray(), ours);
                assertThat(given.bytesLeft()).as("%s in %s", request, dialogue).isZero();
                walks |= request.call() == RpcCall.FIND_OBJECTS_INIT
                        && ((AttributeList) request.get(1)).attributes().isEmpty();
                // objects of all kinds come in no order, so what is asked of one may be of another kind
                boolean otherObject = walks && request.call() == RpcCall.GET_ATTRIBUTE_VALUE;
                if (!otherObject && !shape(recorded).equals(shape(given.message()))) {
                    differences.add(request.call().function() + " " + shape(recorded) + " " + shape(given.message()));
                }
                handles.learn(request, recorded, given.message());
            }
        }
    }

    /** What kind of reply it is: the return value, or which arguments of which lengths. */
    private static String shape(RpcMessage reply) {
        return reply.failure() != 0
                ? "0x" + Long.toHexString(reply.failure())
                : reply.arguments().stream()
                        .map(argument -> shape(reply.call(), argument))
                        .toList()
                        .toString();
    }

    private static String shape(RpcCall call, Argument argument) {
        if (argument instanceof Data data) {
            return data.bytes().length() + " bytes";
        }
        if (argument instanceof Ulongs list && call == RpcCall.FIND_OBJECTS) {
            return list.values().size() + " objects";
        }
        if (argument instanceof Ulong number && call == RpcCall.GET_ATTRIBUTE_VALUE) {
            return "0x" + Long.toHexString(number.value());
        }
        return argument instanceof AttributeList list
                ? list.attributes().stream()
                        .map(attribute -> "0x" + Long.toHexString(attribute.type()) + " "
                                + attribute.value().getClass().getSimpleName())
                        .toList()
                        .toString()
                : argument.getClass().getSimpleName();
    }
}
