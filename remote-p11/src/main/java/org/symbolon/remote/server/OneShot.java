package org.symbolon.remote.server;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * An operation that a client of ours begins, does and ends by one call. Nothing of it is kept in the client's session, so that
 * once it is made any thread may do it.
 */
final class OneShot {
    private final Request request;
    private final OperationKind kind;
    private final Session session;
    private final Mechanism mechanism;
    private final @Nullable KeyObject key;

    private OneShot(
            Request request, OperationKind kind, ClientSession in, Mechanism mechanism, @Nullable KeyObject key) {
        this.request = request;
        this.kind = kind;
        this.session = in.session();
        this.mechanism = mechanism;
        this.key = key;
    }

    /** Looks up what a request names. */
    static OneShot of(Request request, SessionTable sessions) throws TokenException {
        return switch (request.call()) {
            case ENCRYPT_AT_ONCE -> withKey(request, OperationKind.ENCRYPT, sessions);
            case DECRYPT_AT_ONCE -> withKey(request, OperationKind.DECRYPT, sessions);
            case SIGN_AT_ONCE -> withKey(request, OperationKind.SIGN, sessions);
            case VERIFY_AT_ONCE -> withKey(request, OperationKind.VERIFY, sessions);
            case DIGEST_AT_ONCE ->
                new OneShot(
                        request, OperationKind.DIGEST, sessions.require(request.ulong(0)), request.mechanism(1), null);
            default -> throw new AssertionError(request.call() + " is no operation at once");
        };
    }

    private static OneShot withKey(Request request, OperationKind kind, SessionTable sessions) throws TokenException {
        ClientSession in = sessions.require(request.ulong(0));
        Mechanism mechanism = request.mechanism(1);
        KeyObject key =
                OperationFunctions.usable(in, request.ulong(2), "CKR_KEY_HANDLE_INVALID", mechanism, kind.function());
        return new OneShot(request, kind, in, mechanism, key);
    }

    /** Does it. */
    RpcMessage answer() throws TokenException {
        if (kind == OperationKind.VERIFY && key != null) {
            byte[] data = request.bytes(3);
            ActiveOperation.requireValid(session.verify(key, mechanism, data, request.bytes(4)));
            return Replies.done(request.call());
        }
        byte[] output = kind.whole(session, mechanism, key, request.bytes(key == null ? 2 : 3));
        return RpcMessage.of(request.call(), new Data(Bytes.wrap(output)));
    }
}
