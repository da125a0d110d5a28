package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.Pin;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.serve.ClientIdentity;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.RefusalLog;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** Clients of a server whose only module is a soft one in memory, with one token whose user has a PIN. */
final class TestClients implements AutoCloseable {
    static final ClientIdentity WHO = new ClientIdentity(ClientIdentity.Kind.STREAMS, "a test");

    static final long RO = 4;
    static final long RW = 6;
    static final long SO = 0;
    static final long USER = 1;
    static final long CONTEXT = 2;
    static final Optional<Pin> SO_PIN = pin("officer-pin");
    static final Optional<Pin> USER_PIN = pin("user-pin");
    static final Optional<Pin> WRONG_PIN = pin("wrong-pin");

    private final TokenModule module;
    private final SlotTable slots;

    TestClients() throws TokenException {
        module = SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
        slots = new SlotTable(List.of(SlotSource.all(module)));
        try (Cryptoki maker = client()) {
            maker.slots().initToken(slot(maker), SO_PIN, "Team" + " ".repeat(28));
            long session = maker.sessions().openSession(slot(maker), RW);
            maker.sessions().login(session, SO, SO_PIN);
            maker.sessions().initPin(session, USER_PIN);
        }
    }

    static Optional<Pin> pin(String text) {
        return Optional.of(Pin.of(text.toCharArray()));
    }

    TokenModule module() {
        return module;
    }

    Cryptoki client() {
        return client(ClientLimits.ofDefaults());
    }

    Cryptoki client(ClientLimits limits) {
        return new Cryptoki(slots, WHO, Terms.of(limits));
    }

    Dispatcher dispatcher(Dialect dialect) {
        return new Dispatcher(slots, WHO, Terms.of(ClientLimits.ofDefaults()), dialect);
    }

    /** What a client says that offers a version. */
    Conversation conversation(int version) {
        return new Conversation(version, slots, WHO, Terms.of(ClientLimits.ofDefaults()));
    }

    /** The server's end of a client that may wait without a thread. */
    ClientConnection connection(ClientStream stream) {
        Terms terms = Terms.of(ClientLimits.ofDefaults());
        return new ClientConnection(stream, slots, terms, RefusalLog.ofOne(), Runnable::run, true);
    }

    /** Serves the token on a unix socket. */
    RemoteTokenServer server(Path socket) throws TokenException, IOException {
        return RemoteTokenServer.builder().module(module).unixSocket(socket).start();
    }

    /** The slot of the token. */
    static long slot(Cryptoki client) {
        return client.slots().slotList().get(0);
    }

    /** A read-write session of the user. */
    static long userSession(Cryptoki client) throws TokenException {
        long session = client.sessions().openSession(slot(client), RW);
        client.sessions().login(session, USER, USER_PIN);
        return session;
    }

    static Mechanism mechanism(String name) {
        return Mechanism.of(MechanismType.named(name));
    }

    static KeyFunctions.KeyPairHandles ecKeyPair(Cryptoki client, long session, Template common) throws TokenException {
        return client.keys()
                .generateKeyPair(
                        session,
                        mechanism("CKM_EC_KEY_PAIR_GEN"),
                        common.with(Attribute.EC_PARAMS, NamedCurve.P256.ecParams())
                                .with(Attribute.VERIFY, true),
                        common.with(Attribute.SIGN, true));
    }

    static long aesKey(Cryptoki client, long session, Template more) throws TokenException {
        return client.keys()
                .generateKey(
                        session,
                        mechanism("CKM_AES_KEY_GEN"),
                        Template.of(Attribute.VALUE_LEN, 32L)
                                .with(Attribute.ENCRYPT, true)
                                .with(Attribute.DECRYPT, true)
                                .and(more));
    }

    static Template data(String label, boolean onToken) {
        return Template.label(label)
                .with(Attribute.CLASS, org.symbolon.ObjectClass.DATA)
                .with(Attribute.TOKEN, onToken)
                .with(Attribute.VALUE, Bytes.ofHex("0102"));
    }

    /** Asserts the return value that a function refuses with. */
    static void assertReturns(String returnValue, ThrowingCallable call) {
        TokenException refusal = catchThrowableOfType(TokenException.class, call);
        assertThat(refusal).as("refused with %s", returnValue).isNotNull();
        assertThat(Refusal.returnValue(refusal).name()).as(refusal.getMessage()).isEqualTo(returnValue);
    }

    @Override
    public void close() {
        module.close();
    }
}
