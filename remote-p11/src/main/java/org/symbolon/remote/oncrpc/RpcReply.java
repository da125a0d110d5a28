package org.symbolon.remote.oncrpc;

import org.symbolon.Bytes;
import org.symbolon.remote.rpc.MalformedMessageException;

/** A reply (RFC 5531 section 9). */
sealed interface RpcReply {
    long REPLY = 1;
    long ACCEPTED = 0;
    long DENIED = 1;
    long RPC_MISMATCH = 0;
    long AUTH_ERROR = 1;

    /** {@return by which call it is known} */
    long xid();

    /** {@return the message} */
    byte[] encode();

    /**
     * The call was done.
     *
     * @param xid of the call
     * @param verifier what proves who answers
     * @param results as they are protected
     */
    record Success(long xid, OpaqueAuth verifier, Bytes results) implements RpcReply {
        @Override
        public byte[] encode() {
            XdrOutput out = accepted(xid, verifier, 0);
            out.raw(results.sharedArray());
            return out.finish();
        }
    }

    /**
     * The call was not done, though the caller is known.
     *
     * @param xid of the call
     * @param verifier what proves who answers
     * @param status why
     * @param program the program that is served, for {@link AcceptStatus#PROG_MISMATCH}
     */
    record NotDone(long xid, OpaqueAuth verifier, AcceptStatus status, RpcProgram program) implements RpcReply {
        @Override
        public byte[] encode() {
            XdrOutput out = accepted(xid, verifier, status.code());
            if (status == AcceptStatus.PROG_MISMATCH) {
                out.uint32(program.version());
                out.uint32(program.version());
            }
            return out.finish();
        }
    }

    /**
     * The caller is not let in.
     *
     * @param xid of the call
     * @param status why (RFC 5531 section 9, RFC 2203 section 5.3.3.3)
     */
    record AuthenticationFailed(long xid, AuthStatus status) implements RpcReply {
        @Override
        public byte[] encode() {
            XdrOutput out = denied(xid, AUTH_ERROR);
            out.uint32(status.code());
            return out.finish();
        }
    }

    /**
     * The call is of another version of ONC RPC.
     *
     * @param xid of the call
     */
    record OtherRpcVersion(long xid) implements RpcReply {
        @Override
        public byte[] encode() {
            XdrOutput out = denied(xid, RPC_MISMATCH);
            out.uint32(CallHeader.RPC_VERSION);
            out.uint32(CallHeader.RPC_VERSION);
            return out.finish();
        }
    }

    private static XdrOutput accepted(long xid, OpaqueAuth verifier, long status) {
        XdrOutput out = new XdrOutput();
        out.uint32(xid);
        out.uint32(REPLY);
        out.uint32(ACCEPTED);
        verifier.write(out);
        out.uint32(status);
        return out;
    }

    private static XdrOutput denied(long xid, long status) {
        XdrOutput out = new XdrOutput();
        out.uint32(xid);
        out.uint32(REPLY);
        out.uint32(DENIED);
        out.uint32(status);
        return out;
    }

    /**
     * Reads a reply.
     *
     * @param message the message
     * @param program the program that was called
     * @return the reply
     * @throws MalformedMessageException if it is none
     */
    static RpcReply read(byte[] message, RpcProgram program) throws MalformedMessageException {
        XdrInput in = new XdrInput(message);
        long xid = in.uint32();
        long type = in.uint32();
        if (type != REPLY) {
            throw new MalformedMessageException("a server sends replies, and this message is of type " + type);
        }
        return in.uint32() == ACCEPTED ? readAccepted(xid, in, program) : readDenied(xid, in);
    }

    private static RpcReply readAccepted(long xid, XdrInput in, RpcProgram program) throws MalformedMessageException {
        OpaqueAuth verifier = OpaqueAuth.read(in);
        long status = in.uint32();
        return status == 0
                ? new Success(xid, verifier, Bytes.wrap(in.rest()))
                : new NotDone(xid, verifier, AcceptStatus.of(status), program);
    }

    private static RpcReply readDenied(long xid, XdrInput in) throws MalformedMessageException {
        return in.uint32() == AUTH_ERROR
                ? new AuthenticationFailed(xid, AuthStatus.of(in.uint32()))
                : new OtherRpcVersion(xid);
    }
}
