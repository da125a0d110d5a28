package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RecordedDialogue;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcMessage;

/** Our client with all releases of p11-kit's server, as they were recorded while pkcs11-tool signed. */
@Timeout(60)
class RecordedServersTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long EC = 3; // CKK_EC

    @ParameterizedTest
    @CsvSource({
        "2, 0.24.0, ECDSA",
        "2, 0.24.1, ECDSA",
        "5, 0.25.5, ECDSA",
        "14, 0.26.4, ECDSA",
        "20, 0.24.1, RSA_PKCS_PSS",
        "6, 0.25.5, RSA_PKCS_PSS",
        "9, 0.26.4, RSA_PKCS_PSS"
    })
    void sign_withTheServerOfARelease_givesTheRecordedSignature(int number, String release, String algorithm)
            throws Exception {
        RecordedDialogue dialogue = RecordedDialogue.all().get(number - 1);
        // 0.24.0 differs from 0.24.1 in that it drops a client that offers anything but version 0
        boolean negotiates = !release.equals("0.24.0");
        assertThat(dialogue.release()).isEqualTo(negotiates ? release : "0.24.1");
        boolean ecdsa = algorithm.equals("ECDSA");
        RecordedServer server = new RecordedServer(dialogue, negotiates)
                .with(Attribute.KEY_TYPE, new Ulong(ecdsa ? EC : 0))
                .with(Attribute.TOKEN, new Octet(1))
                .with(Attribute.SIGN, new Octet(1))
                .with(Attribute.LABEL, new Data(Bytes.of((byte) 'k')));
        Mechanism mechanism = ecdsa ? Mechanism.ECDSA : Mechanism.RSA_PKCS_PSS.hash(HashAlgorithm.SHA_256);

        byte[] signature;
        try (TokenModule module =
                        TokenModule.of(open(server), ModuleOptions.ofDefaults().withTimeout(TIMEOUT));
                Pin pin = Pin.of("1234".toCharArray());
                Session session = module.token("bench").open(Login.user(pin))) {
            PrivateKeyObject key =
                    (PrivateKeyObject) session.findOne(ObjectQuery.privateKeys().id(Bytes.of((byte) (ecdsa ? 1 : 2))))
                            .orElseThrow();
            signature = session.sign(key, mechanism, recorded(dialogue, RpcCall.SIGN, 1));
        }

        assertThat(Bytes.wrap(signature)).isEqualTo(Bytes.wrap(recordedReply(dialogue)));
        assertThat(server.requests())
                .contains(exchange(dialogue, RpcCall.SIGN_INIT).request());
        assertThat(server.replayed())
                .contains(
                        RpcCall.INITIALIZE,
                        RpcCall.GET_SLOT_LIST,
                        RpcCall.GET_TOKEN_INFO,
                        RpcCall.LOGIN,
                        RpcCall.FIND_OBJECTS_INIT,
                        RpcCall.FIND_OBJECTS,
                        RpcCall.SIGN_INIT,
                        RpcCall.SIGN);
    }

    private static RemoteModule open(RecordedServer server) throws Exception {
        return RemoteModule.open(ScriptedModule.settings(server, 1, Duration.ZERO), TIMEOUT);
    }

    private static RecordedDialogue.Exchange exchange(RecordedDialogue dialogue, RpcCall call) throws Exception {
        RpcCodec codec = new RpcCodec(dialogue.dialect());
        for (RecordedDialogue.Exchange exchange : dialogue.exchanges()) {
            if (codec.decodeRequest(exchange.request().sharedArray()).message().call() == call) {
                return exchange;
            }
        }
        throw new AssertionError(dialogue + " has no " + call);
    }

    private static byte[] recorded(RecordedDialogue dialogue, RpcCall call, int argument) throws Exception {
        RpcMessage request = new RpcCodec(dialogue.dialect())
                .decodeRequest(exchange(dialogue, call).request().sharedArray())
                .message();
        return ((Data) request.get(argument)).bytes().toByteArray();
    }

    private static byte[] recordedReply(RecordedDialogue dialogue) throws Exception {
        RecordedDialogue.Exchange sign = exchange(dialogue, RpcCall.SIGN);
        RpcCodec codec = new RpcCodec(dialogue.dialect());
        RpcMessage request = codec.decodeRequest(sign.request().sharedArray()).message();
        return ((Data) codec.decodeReply(sign.reply().sharedArray(), request)
                        .message()
                        .get(0))
                .bytes()
                .toByteArray();
    }
}
