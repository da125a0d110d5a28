package org.symbolon.remote.oncrpc;

import org.symbolon.remote.rpc.MalformedMessageException;

/**
 * What a call begins with (RFC 5531 section 9), up to its credential: what a verifier of RPCSEC_GSS is made over.
 *
 * @param xid by which the reply is known
 * @param rpcVersion 2
 * @param program the program's number
 * @param version the program's version
 * @param procedure the procedure's number
 * @param credential who calls
 */
public record CallHeader(long xid, long rpcVersion, long program, long version, long procedure, OpaqueAuth credential) {
    /** The version of ONC RPC. */
    public static final long RPC_VERSION = 2;

    private static final long CALL = 0;

    /**
     * Makes the header of a call.
     *
     * @param xid by which the reply is known
     * @param program the program
     * @param procedure the procedure's number
     * @param credential who calls
     * @return the header
     */
    static CallHeader of(long xid, RpcProgram program, long procedure, OpaqueAuth credential) {
        return new CallHeader(xid, RPC_VERSION, program.number(), program.version(), procedure, credential);
    }

    /**
     * Reads a header.
     *
     * @param in a message from its first byte on
     * @return the header
     * @throws MalformedMessageException if the message is no call
     */
    static CallHeader read(XdrInput in) throws MalformedMessageException {
        long xid = in.uint32();
        long type = in.uint32();
        if (type != CALL) {
            throw new MalformedMessageException("a client sends calls, and this message is of type " + type);
        }
        long rpcVersion = in.uint32();
        if (rpcVersion != RPC_VERSION) { // what follows has a form that nobody knows
            return new CallHeader(xid, rpcVersion, 0, 0, 0, OpaqueAuth.NONE);
        }
        return new CallHeader(xid, rpcVersion, in.uint32(), in.uint32(), in.uint32(), OpaqueAuth.read(in));
    }

    /** {@return the bytes that a verifier is made over} */
    byte[] encode() {
        XdrOutput out = new XdrOutput();
        out.uint32(xid);
        out.uint32(CALL);
        out.uint32(rpcVersion);
        out.uint32(program);
        out.uint32(version);
        out.uint32(procedure);
        credential.write(out);
        return out.finish();
    }
}
