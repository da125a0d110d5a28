package org.symbolon.remote.oncrpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.transport.Aside;

/**
 * The client's end of RPCSEC_GSS on one connection (RFC 2203 section 5). Not thread-safe.
 *
 * <p>A reply is taken only with the server's proof that it answers this very call. That the server wants a new context is no
 * proof that it did nothing, since denials prove nothing: it ends the connection, and the caller decides what is repeated. So
 * contexts are renewed before they end ({@link #renewIfDue}).
 */
public final class GssClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GssClient.class);
    /** So long before its end a context is replaced. */
    static final int RENEWAL_SECONDS = 60;

    private static final long NULL_PROCEDURE = 0;
    private static final int MAX_ROUNDS = 16;
    private static final int MAX_TOKEN_BYTES = 1 << 16;

    private final RpcProgram program;
    private final GssService service;
    private final Initiator initiator;
    private final InputStream input;
    private final OutputStream output;
    private final Map<Long, Long> asked = new HashMap<>();
    private long nextXid = 1;
    private @Nullable Context current;

    /**
     * Makes the client's end of a connection, without a context yet.
     *
     * @param program what is called
     * @param service how calls are protected
     * @param initiator what makes contexts
     * @param input what the server sends
     * @param output what it gets
     */
    public GssClient(
            RpcProgram program, GssService service, Initiator initiator, InputStream input, OutputStream output) {
        this.program = program;
        this.service = service;
        this.initiator = initiator;
        this.input = input;
        this.output = output;
    }

    /** What makes contexts for a service. */
    @FunctionalInterface
    public interface Initiator {
        /**
         * Makes a context, with what the caller's tickets give.
         *
         * @return the context, not established; with mutual authentication, confidentiality and integrity asked for, and
         *     without replay and sequence detection, which RPCSEC_GSS does itself
         * @throws IOException if there is no ticket
         */
        GSSContext context() throws IOException;
    }

    /** A context that the server has accepted. */
    private static final class Context {
        private final GSSContext gss;
        private final Bytes handle;
        private long nextSequence = 1;

        private Context(GSSContext gss, Bytes handle) {
            this.gss = gss;
            this.handle = handle;
        }
    }

    /**
     * Makes a context if there is none, or the one that there is ends soon. Nothing may be under way.
     *
     * @param deadline until when it may take to get a ticket
     * @throws GssRefusedException if there is no ticket, or the server does not take it
     * @throws IOException if the connection is lost
     */
    public void renewIfDue(Deadline deadline) throws IOException {
        if (current == null
                || current.gss.getLifetime() <= RENEWAL_SECONDS
                || current.nextSequence >= GssCredential.MAX_SEQUENCE - 1) {
            Context old = current;
            current = establish(deadline);
            if (old != null) {
                destroy(old);
            }
        }
    }

    private Context establish(Deadline deadline) throws IOException {
        GSSContext gss = null;
        boolean good = false;
        try {
            Begun begun = Aside.run(this::begin, late -> dispose(late.gss), deadline);
            gss = begun.gss;
            Context context = negotiate(gss, begun.token);
            good = true;
            return context;
        } catch (GSSException e) {
            throw new GssRefusedException("no security context is made: " + e.getMessage(), e);
        } finally {
            if (!good && gss != null) {
                dispose(gss);
            }
        }
    }

    /** A context and its first token. */
    private static final class Begun {
        private final GSSContext gss;
        private final byte[] token;

        private Begun(GSSContext gss, byte[] token) {
            this.gss = gss;
            this.token = token;
        }
    }

    /** Gets a ticket for the service, which may ask a server of Kerberos that is far, or down. */
    private Begun begin() throws IOException {
        try {
            GSSContext gss = initiator.context();
            return new Begun(gss, gss.initSecContext(new byte[0], 0, 0));
        } catch (GSSException e) {
            throw new GssRefusedException("there is no ticket for the service: " + e.getMessage(), e);
        }
    }

    private Context negotiate(GSSContext gss, byte[] first) throws GSSException, IOException {
        Bytes handle = Bytes.empty();
        byte[] mine = first;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            long xid = nextXid++;
            XdrOutput message = new XdrOutput();
            message.raw(CallHeader.of(
                            xid,
                            program,
                            NULL_PROCEDURE,
                            GssCredential.init(handle).toAuth())
                    .encode());
            OpaqueAuth.NONE.write(message);
            message.opaque(mine == null ? new byte[0] : mine);
            write(message.finish(), output);
            output.flush();

            RpcReply.Success reply = success(read(), xid);
            XdrInput in = new XdrInput(reply.results().sharedArray());
            handle = Bytes.wrap(in.opaque(OpaqueAuth.MAX_BYTES));
            long major = in.uint32();
            in.uint32(); // the minor status, which only its mechanism understands
            long window = in.uint32();
            byte[] token = in.opaque(MAX_TOKEN_BYTES);
            in.requireEnd();
            if (major != GssMajor.COMPLETE && major != GssMajor.CONTINUE_NEEDED) {
                throw new GssRefusedException("the server refuses the ticket: " + GssMajor.text(major), null);
            }
            if (major == GssMajor.COMPLETE) {
                return completed(gss, handle, token, window, reply.verifier());
            }
            mine = gss.initSecContext(token, 0, token.length);
        }
        throw new GssRefusedException("no security context after " + MAX_ROUNDS + " rounds", null);
    }

    private Context completed(GSSContext gss, Bytes handle, byte[] token, long window, OpaqueAuth verifier)
            throws GSSException, IOException {
        if (!gss.isEstablished()) {
            gss.initSecContext(token, 0, token.length);
        }
        if (!gss.isEstablished() || !gss.getMutualAuthState() || !gss.getConfState()) {
            throw new GssRefusedException("the server has not proved who it is, or encrypts nothing", null);
        }
        requireProof(verifier);
        GssProtection.verify(gss, window, verifier.body().sharedArray());
        return new Context(gss, handle);
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
        return write(require(), GssCredential.Procedure.DATA, procedure, arguments, to);
    }

    private long write(Context context, GssCredential.Procedure use, long procedure, byte[] arguments, OutputStream to)
            throws IOException {
        long xid = nextXid++;
        long sequence = context.nextSequence++;
        byte[] header = CallHeader.of(
                        xid,
                        program,
                        procedure,
                        GssCredential.data(use, sequence, service, context.handle)
                                .toAuth())
                .encode();
        try {
            XdrOutput message = new XdrOutput();
            message.raw(header);
            OpaqueAuth.gss(GssProtection.mic(context.gss, header)).write(message);
            message.raw(GssProtection.protect(context.gss, service, sequence, arguments));
            write(message.finish(), to);
        } catch (GSSException e) {
            throw new GssRefusedException("the call cannot be protected: " + e.getMessage(), e);
        }
        asked.put(xid, sequence);
        return xid;
    }

    /**
     * A reply.
     *
     * @param xid of the call
     * @param results what the procedure returned
     */
    public record Reply(long xid, Bytes results) {}

    /**
     * Waits for a reply to any of the calls that were written.
     *
     * @return the reply
     * @throws IOException if the connection is lost, the server does not prove that it answers, or the call was not done
     */
    public Reply receive() throws IOException {
        Context context = require();
        byte[] message = read();
        Long sequence = asked.remove(new XdrInput(message).uint32());
        if (sequence == null) {
            throw new MalformedMessageException("the server answers to a call that nothing waits for");
        }
        RpcReply.Success reply = success(message, new XdrInput(message).uint32());
        requireProof(reply.verifier());
        try {
            GssProtection.verify(context.gss, sequence, reply.verifier().body().sharedArray());
            byte[] results = GssProtection.unprotect(
                    context.gss, service, sequence, new XdrInput(reply.results().sharedArray()));
            return new Reply(reply.xid(), Bytes.wrap(results));
        } catch (GSSException e) {
            throw new IOException("the server does not prove that it answers: " + e.getMessage(), e);
        }
    }

    private static void requireProof(OpaqueAuth verifier) throws IOException {
        if (verifier.flavor() != OpaqueAuth.FLAVOR_GSS) {
            throw new IOException(
                    "the server does not prove that it answers: its verifier is of flavor " + verifier.flavor());
        }
    }

    private RpcReply.Success success(byte[] message, long xid) throws IOException {
        RpcReply reply = RpcReply.read(message, program);
        if (reply.xid() != xid) {
            throw new MalformedMessageException("the server answers to another call");
        }
        if (reply instanceof RpcReply.Success success) {
            return success;
        }
        if (reply instanceof RpcReply.AuthenticationFailed denied) {
            throw new IOException("the server denies the call with auth_stat "
                    + denied.status().code()
                    + (denied.status().wantsNewContext() ? ": it does not know the context any more" : ""));
        }
        if (reply instanceof RpcReply.NotDone notDone) {
            throw new IOException("the server does not do the call: " + notDone.status());
        }
        throw new IOException("the server speaks another version of ONC RPC");
    }

    private Context require() {
        if (current == null) {
            throw new IllegalStateException("there is no security context yet");
        }
        return current;
    }

    private static void write(byte[] message, OutputStream to) throws IOException {
        byte[] record = RpcRecord.encode(message);
        Arrays.fill(message, (byte) 0);
        try {
            to.write(record);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }

    private byte[] read() throws IOException {
        return RpcRecord.read(input, RpcRecord.MAX_BYTES)
                .orElseThrow(() -> new EOFException("the server went away without an answer"));
    }

    /** Ends an old context at the server; its answer comes before any later one. */
    private void destroy(Context old) throws IOException {
        long xid = write(old, GssCredential.Procedure.DESTROY, NULL_PROCEDURE, new byte[0], output);
        output.flush();
        asked.remove(xid);
        success(read(), xid);
        dispose(old.gss);
    }

    private static void dispose(GSSContext gss) {
        try {
            gss.dispose();
        } catch (GSSException e) {
            LOG.debug("a security context ended badly: {}", e.getMessage());
        }
    }

    /** Forgets the context; the server's ends with the connection. */
    @Override
    public void close() {
        if (current != null) {
            dispose(current.gss);
            current = null;
        }
    }
}
