package org.symbolon.remote.client;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.DataLength;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/** Uses keys, on one connection for one session: the call that begins and the call that does leave in one flight. */
final class SessionKeys {
    /** Room for a signature of nearly everything; longer ones cost another call. */
    private static final int SIGNATURE_BYTES = 4096;
    /** Room for what padding, tags and nonces add. */
    private static final int MARGIN_BYTES = 2048;

    private static final int DIGEST_BYTES = 64;
    private static final int WRAPPED_BYTES = 16 * 1024;
    private static final Set<String> BAD_SIGNATURE = Set.of("CKR_SIGNATURE_INVALID", "CKR_SIGNATURE_LEN_RANGE");

    private final TokenConnection connection;
    private final SessionObjects objects;
    private final CallOptions options;

    SessionKeys(TokenConnection connection, SessionObjects objects, CallOptions options) {
        this.connection = connection;
        this.objects = objects;
        this.options = options;
    }

    /** Does what a request asks for. */
    <R> R perform(KeyOperation<R> operation) throws TokenException, ConnectionLostException {
        return operation
                .result()
                .of(isOneShot() && !wantsPin(operation.begin()) ? atOnce(operation) : inTwoCalls(operation));
    }

    private boolean isOneShot() {
        return connection.dialect().has(Capability.ONE_SHOT);
    }

    /** Returns the calls that make an operation, of which the last gives the result; a PIN for it alone is not shown. */
    List<RpcMessage> calls(KeyOperation<?> operation, long session) throws TokenException, ConnectionLostException {
        RpcMessage begin = request(operation.begin(), session);
        return isOneShot() ? List.of(operation.atOnce(begin)) : List.of(begin, operation.in(session));
    }

    /** Returns the operation that a request asks for. */
    KeyOperation<?> operation(Request.Streamable<?> request) throws TokenException, ConnectionLostException {
        if (request instanceof Request.Sign sign) {
            return operation(sign);
        } else if (request instanceof Request.Verify verify) {
            return operation(verify);
        } else if (request instanceof Request.Encrypt encrypt) {
            return operation(encrypt);
        } else if (request instanceof Request.Decrypt decrypt) {
            return operation(decrypt);
        }
        return operation((Request.Digest) request);
    }

    KeyOperation<byte[]> operation(Request.Sign request) throws TokenException, ConnectionLostException {
        Optional<LocalHash> hash = localHash(request.key(), request.algorithm());
        return KeyOperation.transforming(
                Begin.withKey(RpcCall.SIGN_INIT, request.key(), onToken(request.algorithm(), hash)),
                RpcCall.SIGN,
                RpcCall.SIGN_AT_ONCE,
                hashed(request.data(), hash),
                SIGNATURE_BYTES);
    }

    /** Returns how to hash here for a mechanism that the token lacks. */
    Optional<LocalHash> localHash(KeyObject key, Mechanism mechanism) throws TokenException, ConnectionLostException {
        Optional<HashAlgorithm> hash =
                LocalHash.of(mechanism, objects.access().token().offered(options.deadline()));
        return hash.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LocalHash(hash.get(), orderBytes(key, hash.get().digestBytes())));
    }

    private int orderBytes(KeyObject key, int digestBytes) throws TokenException, ConnectionLostException {
        Optional<Bytes> curve = key.attributes().find(Attribute.EC_PARAMS);
        if (curve.isEmpty()) {
            curve = objects.reader()
                    .attributes(objects.handle(key), Set.of(Attribute.EC_PARAMS), options.deadline())
                    .find(Attribute.EC_PARAMS);
        }
        return curve.flatMap(NamedCurve::ofEcParams).map(NamedCurve::fieldBytes).orElse(digestBytes);
    }

    static Mechanism onToken(Mechanism mechanism, Optional<LocalHash> hash) {
        return hash.isPresent() ? Mechanism.ECDSA : mechanism;
    }

    private static Bytes hashed(Bytes data, Optional<LocalHash> hash) throws TokenException {
        if (hash.isEmpty()) {
            return data;
        }
        MessageDigest digest = hash.get().start();
        digest.update(data.sharedArray());
        return Bytes.wrap(hash.get().finish(digest));
    }

    KeyOperation<byte[]> operation(Request.Encrypt request) {
        return KeyOperation.transforming(
                Begin.withKey(RpcCall.ENCRYPT_INIT, request.key(), request.algorithm()),
                RpcCall.ENCRYPT,
                RpcCall.ENCRYPT_AT_ONCE,
                request.data(),
                request.data().length() + MARGIN_BYTES);
    }

    KeyOperation<byte[]> operation(Request.Decrypt request) {
        return KeyOperation.transforming(
                Begin.withKey(RpcCall.DECRYPT_INIT, request.key(), request.algorithm()),
                RpcCall.DECRYPT,
                RpcCall.DECRYPT_AT_ONCE,
                request.data(),
                request.data().length() + MARGIN_BYTES);
    }

    KeyOperation<byte[]> operation(Request.Digest request) {
        return KeyOperation.transforming(
                new Begin(RpcCall.DIGEST_INIT, Optional.empty(), request.algorithm()),
                RpcCall.DIGEST,
                RpcCall.DIGEST_AT_ONCE,
                request.data(),
                DIGEST_BYTES);
    }

    KeyOperation<Boolean> operation(Request.Verify request) throws TokenException, ConnectionLostException {
        Optional<LocalHash> hash = localHash(request.key(), request.algorithm());
        return new KeyOperation<>(
                Begin.withKey(RpcCall.VERIFY_INIT, request.key(), onToken(request.algorithm(), hash)),
                RpcCall.VERIFY,
                RpcCall.VERIFY_AT_ONCE,
                List.of(new Data(hashed(request.data(), hash)), new Data(request.signature())),
                Optional.empty(),
                reply -> !isBadSignature(reply));
    }

    /** Whether a reply to a verification says that the signature is another's; throws what else it may say. */
    static boolean isBadSignature(RpcMessage reply) throws TokenException {
        if (saysBadSignature(reply)) {
            return true;
        }
        Failures.check(reply);
        return false;
    }

    private static boolean saysBadSignature(RpcMessage reply) {
        return BAD_SIGNATURE.stream().anyMatch(status -> Failures.is(reply, status));
    }

    byte[] wrap(Request.WrapKey request) throws TokenException, ConnectionLostException {
        Argument mechanism = connection.mechanisms().toWire(request.algorithm(), objects::handle);
        Ulong key = new Ulong(objects.handle(request.key()));
        Ulong target = new Ulong(objects.handle(request.target()));
        Ulong home = new Ulong(connection.home());
        RpcMessage reply = connection.call(
                options.deadline(), RpcCall.WRAP_KEY, home, mechanism, key, target, new Buffer(WRAPPED_BYTES));
        if (isTooLong(reply.get(0), WRAPPED_BYTES)) {
            reply = connection.call(
                    options.deadline(), RpcCall.WRAP_KEY, home, mechanism, key, target, enough(reply.get(0)));
        }
        return TokenConnection.content(reply.get(0));
    }

    /** How an operation begins. */
    record Begin(RpcCall call, Optional<KeyObject> key, Mechanism mechanism) {
        static Begin withKey(RpcCall call, KeyObject key, Mechanism mechanism) {
            return new Begin(call, Optional.of(key), mechanism);
        }

        Begin with(Mechanism other) {
            return new Begin(call, key, other);
        }
    }

    private RpcMessage atOnce(KeyOperation<?> operation) throws TokenException, ConnectionLostException {
        RpcMessage begin = request(operation.begin(), connection.home());
        return connection
                .exchange(List.of(operation.atOnce(begin)), options.deadline())
                .get(0);
    }

    private RpcMessage inTwoCalls(KeyOperation<?> operation) throws TokenException, ConnectionLostException {
        return connection.inSession(options.deadline(), session -> {
            RpcMessage first = request(operation.begin(), session);
            RpcMessage second = operation.in(session);
            RpcMessage reply =
                    wantsPin(operation.begin()) ? authenticated(first, second, session) : together(first, second);
            if (isTooLong(reply)) {
                reply = connection
                        .exchange(List.of(larger(second, reply)), options.deadline())
                        .get(0);
            }
            if (!saysBadSignature(reply)) {
                Failures.check(reply);
            }
            return reply;
        });
    }

    /** Begins an operation in a session that is the caller's. */
    void begin(Begin begin, long session) throws TokenException, ConnectionLostException {
        Failures.check(connection
                .exchange(List.of(request(begin, session)), options.deadline())
                .get(0));
        if (wantsPin(begin)) {
            authenticate(session);
        }
    }

    private RpcMessage request(Begin begin, long session) throws TokenException, ConnectionLostException {
        Argument mechanism = connection.mechanisms().toWire(begin.mechanism(), objects::handle);
        return begin.key().isEmpty()
                ? RpcMessage.of(begin.call(), new Ulong(session), mechanism)
                : RpcMessage.of(
                        begin.call(),
                        new Ulong(session),
                        mechanism,
                        new Ulong(objects.handle(begin.key().get())));
    }

    private RpcMessage together(RpcMessage first, RpcMessage second) throws TokenException, ConnectionLostException {
        List<RpcMessage> replies = connection.exchange(List.of(first, second), options.deadline());
        Failures.check(replies.get(0));
        return replies.get(1);
    }

    /** Shows the PIN between beginning and doing, so that neither leaves before its turn. */
    private RpcMessage authenticated(RpcMessage first, RpcMessage second, long session)
            throws TokenException, ConnectionLostException {
        Failures.check(connection.exchange(List.of(first), options.deadline()).get(0));
        authenticate(session);
        return connection.exchange(List.of(second), options.deadline()).get(0);
    }

    private void authenticate(long session) throws TokenException {
        byte[] pin = options.contextPin().map(Pin::toUtf8).orElse(new byte[0]);
        try {
            connection.authenticate(session, pin, options.deadline());
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    private boolean wantsPin(Begin begin) throws TokenException, ConnectionLostException {
        if (options.contextPin().isEmpty() || begin.key().isEmpty()) {
            return false;
        }
        KeyObject key = begin.key().get();
        Optional<Boolean> known = key.attributes().find(Attribute.ALWAYS_AUTHENTICATE);
        return known.isPresent()
                ? known.get()
                : objects.reader()
                        .attributes(objects.handle(key), Set.of(Attribute.ALWAYS_AUTHENTICATE), options.deadline())
                        .isTrue(Attribute.ALWAYS_AUTHENTICATE);
    }

    // ---- buffers

    private static boolean isTooLong(RpcMessage reply) {
        return reply.failure() == 0 && !reply.arguments().isEmpty() && isTooLong(reply.get(0), 0);
    }

    private static boolean isTooLong(Argument bytes, int capacity) {
        return bytes instanceof DataLength needed
                && needed.length() > capacity
                && needed.length() <= RpcFrame.MAX_BODY_BYTES;
    }

    private static Buffer enough(Argument needed) {
        return new Buffer(((DataLength) needed).length());
    }

    private static RpcMessage larger(RpcMessage request, RpcMessage reply) {
        return RpcMessage.of(request.call(), request.get(0), request.get(1), enough(reply.get(0)));
    }
}
