package org.symbolon.remote.server;

import static org.symbolon.remote.server.OperationKind.DECRYPT;
import static org.symbolon.remote.server.OperationKind.DIGEST;
import static org.symbolon.remote.server.OperationKind.ENCRYPT;
import static org.symbolon.remote.server.OperationKind.SIGN;
import static org.symbolon.remote.server.OperationKind.VERIFY;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.MechanismType;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.ParameterUpdate;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.rpc.TypeTable;
import org.symbolon.serve.ClientIdentity;

/** Hands the calls of one client to its Cryptoki. Not thread-safe. */
final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final byte[] HANDSHAKE =
            "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_FOUND = 65_536;

    private final SlotTable slots;
    private final ClientIdentity client;
    private final Terms terms;
    private final Dialect dialect;
    private final TypeTable types;
    private final AttributeReply attributeReply;
    private @Nullable Cryptoki cryptoki;

    Dispatcher(SlotTable slots, ClientIdentity client, Terms terms, Dialect dialect) {
        this.slots = slots;
        this.client = client;
        this.terms = terms;
        this.dialect = dialect;
        this.types = TypeTable.of(dialect);
        this.attributeReply = new AttributeReply(types);
    }

    /** Returns whether the client has introduced itself with C_Initialize. */
    boolean isInitialized() {
        return cryptoki != null;
    }

    /** Answers a request. */
    RpcMessage answer(Request request) {
        return answered(
                request,
                () -> request.call() == RpcCall.INITIALIZE ? initialize(request) : call(request, initialized()));
    }

    /** Looks up what an operation at once names; any thread may then do it. */
    Supplier<RpcMessage> prepare(Request request) {
        try {
            OneShot operation = OneShot.of(request, initialized().sessionTable());
            return () -> answered(request, operation::answer);
        } catch (TokenException e) {
            RpcMessage refusal = refusal(request, e);
            return () -> refusal;
        }
    }

    /** Something that ends in a reply. */
    @FunctionalInterface
    private interface Answer {
        RpcMessage get() throws TokenException;
    }

    private RpcMessage answered(Request request, Answer answer) {
        try {
            return answer.get();
        } catch (TokenException e) {
            return refusal(request, e);
        }
    }

    private RpcMessage refusal(Request request, TokenException e) {
        Status status = Refusal.returnValue(e);
        LOG.debug("{} of {} is refused: {}", request.call().function(), client, e.getMessage());
        return RpcMessage.error(status.code());
    }

    private RpcMessage initialize(Request request) throws TokenException {
        if (!Arrays.equals(request.bytes(0), HANDSHAKE)) {
            throw Refusal.of("CKR_GENERAL_ERROR", "the client speaks another protocol");
        }
        return begin();
    }

    /** C_Initialize of a client that has introduced itself in another way. */
    RpcMessage begin() {
        if (cryptoki == null) {
            cryptoki = new Cryptoki(slots, client, terms);
        }
        return Replies.done(RpcCall.INITIALIZE);
    }

    private Cryptoki initialized() throws TokenException {
        if (cryptoki == null) {
            throw Refusal.of("CKR_CRYPTOKI_NOT_INITIALIZED", "C_Initialize comes first");
        }
        return cryptoki;
    }

    private RpcMessage call(Request r, Cryptoki c) throws TokenException {
        RpcCall call = r.call();
        return switch (call) {
            case ERROR, INITIALIZE -> throw new AssertionError(call + " was answered before");
            case FINALIZE -> done(call, this::close);
            case GET_INFO -> Replies.info(dialect);

            case GET_SLOT_LIST ->
                Replies.list(call, c.slots().slotList(), r.message().get(1));
            case GET_SLOT_INFO -> Replies.slot(c.slots().slotInfo(r.ulong(0)));
            case GET_TOKEN_INFO -> Replies.token(c.slots().tokenInfo(r.ulong(0)));
            case GET_MECHANISM_LIST -> {
                List<MechanismType> mechanisms = c.slots().mechanismList(r.ulong(0));
                yield Replies.list(
                        call,
                        mechanisms.stream().map(MechanismType::code).toList(),
                        r.message().get(1));
            }
            case GET_MECHANISM_INFO -> {
                MechanismType type = new MechanismType(r.ulong(1));
                yield Replies.mechanism(type, c.slots().mechanismInfo(r.ulong(0), type));
            }
            case INIT_TOKEN, INIT_TOKEN_2 ->
                withPin(r, 1, "CKR_PIN_INCORRECT", pin -> c.slots().initToken(r.ulong(0), pin, r.label(2)));
            case WAIT_FOR_SLOT_EVENT -> done(call, () -> c.slots().waitForSlotEvent(r.ulong(0)));

            case OPEN_SESSION -> Replies.ulongs(call, c.sessions().openSession(r.ulong(0), r.ulong(1)));
            case CLOSE_SESSION -> done(call, () -> c.sessions().closeSession(r.ulong(0)));
            case CLOSE_ALL_SESSIONS -> done(call, () -> c.sessions().closeAllSessions(r.ulong(0)));
            case GET_SESSION_INFO -> {
                SessionFunctions.SessionDescription info = c.sessions().sessionInfo(r.ulong(0));
                yield Replies.ulongs(call, info.slotId(), info.state(), info.flags(), 0);
            }
            case INIT_PIN ->
                withPin(r, 1, "CKR_PIN_LEN_RANGE", pin -> c.sessions().initPin(r.ulong(0), pin));
            case SET_PIN ->
                withPin(
                        r,
                        1,
                        "CKR_PIN_INCORRECT",
                        oldPin -> withPin(
                                r,
                                2,
                                "CKR_PIN_LEN_RANGE",
                                newPin -> c.sessions().setPin(r.ulong(0), oldPin, newPin)));
            case LOGIN -> withPin(r, 2, "CKR_PIN_INCORRECT", pin -> c.sessions().login(r.ulong(0), r.ulong(1), pin));
            case LOGIN_USER -> {
                requireNoName(r.bytes(3));
                yield withPin(r, 2, "CKR_PIN_INCORRECT", pin -> c.sessions().login(r.ulong(0), r.ulong(1), pin));
            }
            case LOGOUT -> done(call, () -> c.sessions().logout(r.ulong(0)));
            case GET_OPERATION_STATE -> done(call, () -> c.sessions().operationState(r.ulong(0)));
            case SET_OPERATION_STATE -> done(call, () -> c.sessions().setOperationState(r.ulong(0)));
            case SESSION_CANCEL -> done(call, () -> c.sessions().sessionCancel(r.ulong(0), r.ulong(1)));

            case CREATE_OBJECT -> Replies.ulongs(call, c.objects().createObject(r.ulong(0), r.template(1)));
            case COPY_OBJECT -> Replies.ulongs(call, c.objects().copyObject(r.ulong(0), r.ulong(1), r.template(2)));
            case DESTROY_OBJECT -> done(call, () -> c.objects().destroyObject(r.ulong(0), r.ulong(1)));
            case GET_OBJECT_SIZE -> Replies.ulongs(call, c.objects().objectSize(r.ulong(0), r.ulong(1)));
            case GET_ATTRIBUTE_VALUE -> {
                try (AttributeAnswer answer = c.objects().getAttributeValue(r.ulong(0), r.ulong(1), r.buffers(2))) {
                    yield RpcMessage.of(
                            call,
                            attributeReply.of(answer),
                            new Ulong(answer.returnValue().code()));
                }
            }
            case SET_ATTRIBUTE_VALUE ->
                done(call, () -> c.objects().setAttributeValue(r.ulong(0), r.ulong(1), r.template(2)));
            case FIND_OBJECTS_INIT -> done(call, () -> c.objects().findObjectsInit(r.ulong(0), r.template(1)));
            case FIND_OBJECTS -> {
                int max = Math.min(r.capacity(1).orElse(0), MAX_FOUND);
                yield RpcMessage.of(call, new Ulongs(c.objects().findObjects(r.ulong(0), max)));
            }
            case FIND_OBJECTS_FINAL -> done(call, () -> c.objects().findObjectsFinal(r.ulong(0)));

            case ENCRYPT_INIT -> init(r, c, ENCRYPT);
            case DECRYPT_INIT -> init(r, c, DECRYPT);
            case SIGN_INIT -> init(r, c, SIGN);
            case VERIFY_INIT -> init(r, c, VERIFY);
            case DIGEST_INIT -> done(call, () -> c.operations().digestInit(r.ulong(0), r.mechanismIfAny(1)));
            case ENCRYPT -> whole(r, c, ENCRYPT);
            case DECRYPT -> whole(r, c, DECRYPT);
            case DIGEST -> whole(r, c, DIGEST);
            case SIGN -> whole(r, c, SIGN);
            case VERIFY -> done(call, () -> c.operations().verify(r.ulong(0), r.bytes(1), r.bytes(2)));
            case ENCRYPT_UPDATE -> part(r, c, ENCRYPT);
            case DECRYPT_UPDATE -> part(r, c, DECRYPT);
            case DIGEST_UPDATE -> feed(r, c, DIGEST);
            case SIGN_UPDATE -> feed(r, c, SIGN);
            case VERIFY_UPDATE -> feed(r, c, VERIFY);
            case DIGEST_KEY -> done(call, () -> c.operations().digestKey(r.ulong(0), r.ulong(1)));
            case ENCRYPT_FINAL -> finish(r, c, ENCRYPT);
            case DECRYPT_FINAL -> finish(r, c, DECRYPT);
            case DIGEST_FINAL -> finish(r, c, DIGEST);
            case SIGN_FINAL -> finish(r, c, SIGN);
            case VERIFY_FINAL -> done(call, () -> c.operations().verifyFinal(r.ulong(0), r.bytes(1)));
            case DIGEST_ENCRYPT_UPDATE -> both(r, c.operations()::digestEncrypt);
            case DECRYPT_DIGEST_UPDATE -> both(r, c.operations()::decryptDigest);
            case SIGN_ENCRYPT_UPDATE -> both(r, c.operations()::signEncrypt);
            case DECRYPT_VERIFY_UPDATE -> both(r, c.operations()::decryptVerify);

            case GENERATE_KEY -> Replies.ulongs(call, c.keys().generateKey(r.ulong(0), r.mechanism(1), r.template(2)));
            case GENERATE_KEY_PAIR -> {
                KeyFunctions.KeyPairHandles pair =
                        c.keys().generateKeyPair(r.ulong(0), r.mechanism(1), r.template(2), r.template(3));
                yield Replies.ulongs(call, pair.publicKey(), pair.privateKey());
            }
            case WRAP_KEY ->
                Replies.output(
                        call, c.keys().wrapKey(r.ulong(0), r.mechanism(1), r.ulong(2), r.ulong(3), r.capacity(4)));
            case UNWRAP_KEY ->
                Replies.ulongs(
                        call, c.keys().unwrapKey(r.ulong(0), r.mechanism(1), r.ulong(2), r.bytes(3), r.template(4)));
            case DERIVE_KEY ->
                Replies.ulongs(call, c.keys().deriveKey(r.ulong(0), r.mechanism(1), r.ulong(2), r.template(3)));
            case DERIVE_KEY_2 -> {
                long key = c.keys().deriveKey(r.ulong(0), r.mechanism(1), r.ulong(2), r.template(3));
                RpcMechanism mechanism = (RpcMechanism) r.message().get(1);
                yield RpcMessage.of(call, new Ulong(0), update(mechanism), new Ulong(key));
            }

            case ENCRYPT_AT_ONCE, DECRYPT_AT_ONCE, SIGN_AT_ONCE, DIGEST_AT_ONCE, VERIFY_AT_ONCE ->
                OneShot.of(r, c.sessionTable()).answer();

            case SEED_RANDOM -> done(call, () -> c.random().seedRandom(r.ulong(0), r.bytes(1)));
            case GENERATE_RANDOM -> {
                int length = r.capacity(1).orElse(0);
                byte[] random = c.random().generateRandom(r.ulong(0), length);
                yield RpcMessage.of(call, new Data(Bytes.wrap(random)));
            }

            case SIGN_RECOVER_INIT,
                    SIGN_RECOVER,
                    VERIFY_RECOVER_INIT,
                    VERIFY_RECOVER,
                    MESSAGE_ENCRYPT_INIT,
                    ENCRYPT_MESSAGE,
                    ENCRYPT_MESSAGE_BEGIN,
                    ENCRYPT_MESSAGE_NEXT,
                    MESSAGE_ENCRYPT_FINAL,
                    MESSAGE_DECRYPT_INIT,
                    DECRYPT_MESSAGE,
                    DECRYPT_MESSAGE_BEGIN,
                    DECRYPT_MESSAGE_NEXT,
                    MESSAGE_DECRYPT_FINAL,
                    MESSAGE_SIGN_INIT,
                    SIGN_MESSAGE,
                    SIGN_MESSAGE_BEGIN,
                    SIGN_MESSAGE_NEXT,
                    MESSAGE_SIGN_FINAL,
                    MESSAGE_VERIFY_INIT,
                    VERIFY_MESSAGE,
                    VERIFY_MESSAGE_BEGIN,
                    VERIFY_MESSAGE_NEXT,
                    MESSAGE_VERIFY_FINAL ->
                throw Refusal.of("CKR_FUNCTION_NOT_SUPPORTED", call.function() + " is not served");
        };
    }

    // ---- kinds of calls

    /** A function without output. */
    @FunctionalInterface
    private interface Work {
        void run() throws TokenException;
    }

    /** A function with a PIN. */
    @FunctionalInterface
    private interface PinWork {
        void run(Optional<Pin> pin) throws TokenException;
    }

    /** A function of two operations. */
    @FunctionalInterface
    private interface JointWork {
        Output run(long session, byte[] data, OptionalInt capacity) throws TokenException;
    }

    private static RpcMessage done(RpcCall call, Work work) throws TokenException {
        work.run();
        return Replies.done(call);
    }

    private static RpcMessage withPin(Request request, int index, String tooLong, PinWork work) throws TokenException {
        Optional<Pin> pin = request.pin(index, tooLong);
        try {
            work.run(pin);
        } finally {
            pin.ifPresent(Pin::close);
        }
        return Replies.done(request.call());
    }

    private static RpcMessage init(Request r, Cryptoki c, OperationKind kind) throws TokenException {
        c.operations().init(r.ulong(0), kind, r.mechanismIfAny(1), r.ulong(2));
        return Replies.done(r.call());
    }

    private static RpcMessage whole(Request r, Cryptoki c, OperationKind kind) throws TokenException {
        return Replies.output(r.call(), c.operations().whole(r.ulong(0), kind, r.bytes(1), r.capacity(2)));
    }

    private static RpcMessage part(Request r, Cryptoki c, OperationKind kind) throws TokenException {
        return Replies.output(r.call(), c.operations().part(r.ulong(0), kind, r.bytes(1), r.capacity(2)));
    }

    private static RpcMessage feed(Request r, Cryptoki c, OperationKind kind) throws TokenException {
        c.operations().feed(r.ulong(0), kind, r.bytes(1));
        return Replies.done(r.call());
    }

    private static RpcMessage finish(Request r, Cryptoki c, OperationKind kind) throws TokenException {
        return Replies.output(r.call(), c.operations().finish(r.ulong(0), kind, r.capacity(1)));
    }

    private static RpcMessage both(Request r, JointWork work) throws TokenException {
        return Replies.output(r.call(), work.run(r.ulong(0), r.bytes(1), r.capacity(2)));
    }

    private static void requireNoName(byte[] userName) throws TokenException {
        if (userName.length > 0) {
            throw Refusal.of("CKR_FUNCTION_NOT_SUPPORTED", "tokens know no users by name");
        }
    }

    private ParameterUpdate update(RpcMechanism mechanism) {
        if (types.parameter(mechanism.type()).equals(Optional.of(""))) {
            return ParameterUpdate.NONE;
        }
        return mechanism.parameter() instanceof NoParameter ? ParameterUpdate.ABSENT : ParameterUpdate.UNCHANGED;
    }

    /** Ends what the client has (C_Finalize, or the end of its connection). */
    @Override
    public void close() {
        if (cryptoki != null) {
            cryptoki.close();
            cryptoki = null;
        }
    }
}
