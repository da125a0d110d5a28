package org.symbolon.remote.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.symbolon.Deadline;
import org.symbolon.remote.oncrpc.GssClient;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.xdr.XdrCodec;

/** Our program of ONC RPC, under a security context. */
final class OncRpcWire implements Wire {
    private final GssClient gss;

    OncRpcWire(GssClient gss) {
        this.gss = gss;
    }

    @Override
    public Dialect dialect() {
        return Dialect.XDR;
    }

    @Override
    public void settle(Deadline deadline) throws IOException {
        gss.renewIfDue(deadline);
    }

    @Override
    public long write(RpcMessage request, OutputStream out) throws IOException {
        byte[] arguments = XdrCodec.encodeRequest(request);
        try {
            return gss.write(request.call().number(), arguments, out);
        } finally {
            Arrays.fill(arguments, (byte) 0);
        }
    }

    @Override
    public Answer read(Map<Long, RpcMessage> asked) throws IOException {
        GssClient.Reply reply = gss.receive();
        RpcMessage request = asked.get(reply.xid());
        if (request == null) {
            throw new IOException("it answered to call " + reply.xid() + ", which nothing waits for");
        }
        byte[] results = reply.results().sharedArray();
        try {
            return new Answer(reply.xid(), XdrCodec.decodeReply(request, results));
        } finally {
            Arrays.fill(results, (byte) 0);
        }
    }

    @Override
    public void close() {
        gss.close();
    }
}
