package org.symbolon.remote.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RecordedDialogue;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/**
 * A soft token like the one that a recorded client found: with a key pair on P-256 of id 1, one of RSA of id 2, and whatever
 * else it looked for by its id. A client that makes its token finds an empty slot.
 */
record RecordedToken(TokenModule module) implements AutoCloseable {
    private static final long ID = Attribute.ID.code();

    static RecordedToken of(RecordedDialogue dialogue) throws TokenException, MalformedMessageException {
        TokenModule module =
                SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
        RecordedToken recorded = new RecordedToken(module);
        if (!makesItsToken(dialogue)) {
            recorded.make(dialogue);
        }
        return recorded;
    }

    private static boolean makesItsToken(RecordedDialogue dialogue) throws MalformedMessageException {
        RpcCodec codec = new RpcCodec(dialogue.dialect());
        for (RecordedDialogue.Exchange exchange : dialogue.exchanges()) {
            RpcCall call = codec.decodeRequest(exchange.request().sharedArray())
                    .message()
                    .call();
            if (call == RpcCall.INIT_TOKEN || call == RpcCall.INIT_TOKEN_2) {
                return true;
            }
        }
        return false;
    }

    private void make(RecordedDialogue dialogue) throws TokenException, MalformedMessageException {
        try (Pin soPin = Pin.of("123456".toCharArray());
                Pin pin = Pin.of("1234".toCharArray())) {
            Token token = module.emptySlot().initialize("bench", soPin);
            try (Session officer = token.open(Login.securityOfficer(soPin))) {
                officer.initPin(pin);
            }
            try (Session session = token.open(Login.user(pin))) {
                session.generateKeyPair(
                        Mechanism.keyPairGen(NamedCurve.P256),
                        Template.label("ec256").id(Bytes.of((byte) 1)),
                        Template.label("ec256")
                                .id(Bytes.of((byte) 1))
                                .with(Attribute.SIGN, true)
                                .with(Attribute.DERIVE, true));
                session.generateKeyPair(
                        Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                        Template.label("rsa2048").id(Bytes.of((byte) 2)));
                for (Bytes id : wanted(dialogue)) {
                    Template template = Template.label("wanted").id(id);
                    session.generateKey(
                            Mechanism.AES_KEY_GEN.bytes(32),
                            template.with(Attribute.ENCRYPT, true).with(Attribute.DECRYPT, true));
                    session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P256), template);
                }
            }
        }
    }

    /** The ids, other than 1 and 2, that the client looks for. */
    private static Set<Bytes> wanted(RecordedDialogue dialogue) throws MalformedMessageException {
        RpcCodec codec = new RpcCodec(dialogue.dialect());
        Set<Bytes> ids = new TreeSet<>(java.util.Comparator.comparing(Bytes::toHex));
        for (RecordedDialogue.Exchange exchange : dialogue.exchanges()) {
            RpcMessage request =
                    codec.decodeRequest(exchange.request().sharedArray()).message();
            if (request.call() == RpcCall.FIND_OBJECTS_INIT) {
                for (RpcAttribute attribute : ((AttributeList) request.get(1)).attributes()) {
                    if (attribute.type() == ID) {
                        ids.add(((Data) attribute.value()).bytes());
                    }
                }
            }
        }
        ids.remove(Bytes.of((byte) 1));
        ids.remove(Bytes.of((byte) 2));
        return ids;
    }

    RemoteTokenServer serve(Path socket) throws TokenException, IOException {
        return RemoteTokenServer.builder().module(module).unixSocket(socket).start();
    }

    @Override
    public void close() {
        module.close();
    }
}
