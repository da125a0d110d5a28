package org.symbolon.remote.oncrpc;

import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.MalformedMessageException;

/** The server's end of a program that wants no credential: whoever can connect may call. Stateless and thread-safe. */
public final class PlainServer {
    private static final long NULL_PROCEDURE = 0;

    private final RpcProgram program;

    /**
     * Makes the server's end.
     *
     * @param program what is served
     */
    public PlainServer(RpcProgram program) {
        this.program = program;
    }

    /** What is done with a message. */
    public sealed interface Outcome {}

    /**
     * It is answered without anybody's doing.
     *
     * @param message the reply
     */
    public record Answered(Bytes message) implements Outcome {}

    /**
     * A call, to be answered.
     *
     * @param xid by which its reply is known
     * @param procedure the procedure's number
     * @param arguments its arguments; to be wiped
     */
    public record Call(long xid, long procedure, Bytes arguments) implements Outcome {}

    /**
     * Takes a message.
     *
     * @param message what a client sent
     * @return what is done with it
     * @throws MalformedMessageException if it is no call at all: the connection is of no use
     */
    public Outcome take(byte[] message) throws MalformedMessageException {
        XdrInput in = new XdrInput(message);
        CallHeader header = CallHeader.read(in);
        if (header.rpcVersion() != CallHeader.RPC_VERSION) {
            return new Answered(Bytes.wrap(new RpcReply.OtherRpcVersion(header.xid()).encode()));
        }
        OpaqueAuth.read(in); // a verifier of nothing
        Optional<AcceptStatus> mistake = program.mistake(header);
        if (mistake.isPresent()) {
            return new Answered(Bytes.wrap(notDone(header.xid(), mistake.get())));
        }
        return header.procedure() == NULL_PROCEDURE
                ? new Answered(Bytes.wrap(done(header.xid(), new byte[0])))
                : new Call(header.xid(), header.procedure(), Bytes.wrap(in.rest()));
    }

    /**
     * Returns the reply to a call.
     *
     * @param xid of the call
     * @param results what the procedure returned
     * @return the message
     */
    public byte[] done(long xid, byte[] results) {
        return new RpcReply.Success(xid, OpaqueAuth.NONE, Bytes.wrap(results)).encode();
    }

    /**
     * Returns the reply to a call that is not done.
     *
     * @param xid of the call
     * @param status why
     * @return the message
     */
    public byte[] notDone(long xid, AcceptStatus status) {
        return new RpcReply.NotDone(xid, OpaqueAuth.NONE, status, program).encode();
    }
}
