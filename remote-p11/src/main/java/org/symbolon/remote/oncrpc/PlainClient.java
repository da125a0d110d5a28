package org.symbolon.remote.oncrpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** The client's end of a program that wants no credential. Not thread-safe. */
public final class PlainClient {
    private final RpcProgram program;
    private final InputStream input;
    private long nextXid = 1;

    /**
     * Makes the client's end of a connection.
     *
     * @param program what is called
     * @param input what the server sends
     */
    public PlainClient(RpcProgram program, InputStream input) {
        this.program = program;
        this.input = input;
    }

    /**
     * Writes a call.
     *
     * @param procedure its number
     * @param arguments its arguments
     * @param to where it is written, to be sent before its reply is waited for
     * @return the xid by which its reply is known
     * @throws IOException if it cannot be written
     */
    public long write(long procedure, byte[] arguments, OutputStream to) throws IOException {
        long xid = nextXid++;
        XdrOutput message = new XdrOutput();
        message.raw(CallHeader.of(xid, program, procedure, OpaqueAuth.NONE).encode());
        OpaqueAuth.NONE.write(message);
        message.raw(arguments);
        byte[] whole = message.finish();
        byte[] record = RpcRecord.encode(whole);
        try {
            to.write(record);
        } finally {
            Arrays.fill(whole, (byte) 0);
            Arrays.fill(record, (byte) 0);
        }
        return xid;
    }

    /**
     * Waits for a reply.
     *
     * @return the reply
     * @throws IOException if the connection is lost, or the call was not done
     */
    public GssClient.Reply receive() throws IOException {
        byte[] message = RpcRecord.read(input, RpcRecord.MAX_BYTES)
                .orElseThrow(() -> new EOFException("the server went away without an answer"));
        RpcReply reply = RpcReply.read(message, program);
        if (reply instanceof RpcReply.Success success) {
            return new GssClient.Reply(success.xid(), success.results());
        } else if (reply instanceof RpcReply.NotDone notDone) {
            throw new IOException("the server does not do the call: " + notDone.status());
        }
        throw new IOException("the server denies the call");
    }
}
