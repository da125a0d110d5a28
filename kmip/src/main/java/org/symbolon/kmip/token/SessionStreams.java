package org.symbolon.kmip.token;

import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Operation;
import org.symbolon.TokenException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/** Operations whose data comes in parts. */
final class SessionStreams {
    private final SessionRequests whole;
    private final SessionAccess access;
    private final SessionObjects memory;
    private final ServerKeys keys;

    SessionStreams(SessionRequests whole, SessionAccess access, ServerKeys keys) {
        this.whole = whole;
        this.access = access;
        this.memory = access.memory();
        this.keys = keys;
    }

    /** Starts an operation: in memory where its key is there, else with data that is kept until it is whole. */
    Operation start(Request.Streamable<?> request, Deadline deadline) throws TokenException {
        if (request instanceof Request.Digest digest) {
            return memory.session(deadline).startDigest(digest.algorithm());
        } else if (request instanceof Request.Sign sign) {
            return SessionObjects.isOne(sign.key())
                    ? memory.session(deadline).startSign(memory.innerKey(sign.key()), sign.algorithm())
                    : kept(
                            sign,
                            deadline,
                            data -> keys.sign(new Request.Sign(sign.key(), sign.algorithm(), data), fresh()));
        } else if (request instanceof Request.Verify verify) {
            return verifying(verify, deadline);
        } else if (request instanceof Request.Encrypt encrypt) {
            return SessionObjects.isOne(encrypt.key())
                    ? memory.session(deadline).startEncrypt(memory.innerKey(encrypt.key()), encrypt.algorithm())
                    : kept(
                            encrypt,
                            deadline,
                            data -> whole.encrypt(
                                    new Request.Encrypt(encrypt.key(), encrypt.algorithm(), data), again()));
        }
        Request.Decrypt decrypt = (Request.Decrypt) request;
        return SessionObjects.isOne(decrypt.key())
                ? memory.session(deadline).startDecrypt(memory.innerKey(decrypt.key()), decrypt.algorithm())
                : kept(
                        decrypt,
                        deadline,
                        data -> keys.decrypt(new Request.Decrypt(decrypt.key(), decrypt.algorithm(), data), fresh()));
    }

    private Operation kept(Request.WithKey<?> request, Deadline deadline, BufferedOperation.Whole action)
            throws TokenException {
        keys.key(request.key(), request, deadline);
        return new BufferedOperation(action, Optional.empty());
    }

    private Operation verifying(Request.Verify verify, Deadline deadline) throws TokenException {
        if (SessionObjects.isOne(verify.key())) {
            return memory.session(deadline).startVerify(memory.innerKey(verify.key()), verify.algorithm());
        }
        keys.key(verify.key(), verify, deadline);
        return new BufferedOperation(
                data -> new byte[0],
                Optional.of((data, signature) -> whole.verify(
                        new Request.Verify(verify.key(), verify.algorithm(), data, Bytes.wrap(signature)), again())));
    }

    private Deadline fresh() {
        return Deadline.after(access.server().settings().timeout());
    }

    private CallOptions again() {
        return CallOptions.until(fresh());
    }
}
