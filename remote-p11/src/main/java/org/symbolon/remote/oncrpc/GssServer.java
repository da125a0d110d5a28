package org.symbolon.remote.oncrpc;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.MalformedMessageException;

/**
 * The server's end of RPCSEC_GSS on one connection (RFC 2203 section 5): it lets the calls of one principal through, each once,
 * and answers the others itself.
 *
 * <p>The connection belongs to the principal of its first context. Contexts can be renewed on it, but one of somebody else is
 * refused, and so is a handle that another connection was given. Not thread-safe.
 */
public final class GssServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GssServer.class);
    private static final long NULL_PROCEDURE = 0;
    private static final int HANDLE_BYTES = 16;
    private static final int MAX_CONTEXTS = 8; // one in use, one that replaces it, some that were given up
    private static final int MAX_TOKEN_BYTES = 1 << 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RpcProgram program;
    private final GssAcceptor acceptor;
    private final GssService weakest;
    private final Map<Bytes, GssServerContext> contexts = new LinkedHashMap<>();
    private @Nullable GssCaller caller;

    /**
     * Makes the server's end of a connection.
     *
     * @param program what is served
     * @param acceptor what accepts tickets
     * @param weakest the least protection of calls that is let through
     */
    public GssServer(RpcProgram program, GssAcceptor acceptor, GssService weakest) {
        this.program = program;
        this.acceptor = acceptor;
        this.weakest = weakest;
    }

    /** {@return whom the connection belongs to, once a context was made} */
    public Optional<GssCaller> caller() {
        return Optional.ofNullable(caller);
    }

    /** What is done with a message. */
    public sealed interface Outcome {}

    /** Nothing: it was there before, or too late. */
    public record Dropped() implements Outcome {}

    /**
     * It is answered without anybody's doing.
     *
     * @param message the reply
     */
    public record Answered(Bytes message) implements Outcome {}

    /** A call of the caller, to be answered. */
    public static final class Call implements Outcome {
        private final CallHeader header;
        private final GssCredential credential;
        private final GssServerContext context;
        private final byte[] arguments;
        private final OpaqueAuth verifier;

        private Call(
                CallHeader header,
                GssCredential credential,
                GssServerContext context,
                byte[] arguments,
                OpaqueAuth verifier) {
            this.header = header;
            this.credential = credential;
            this.context = context;
            this.arguments = arguments;
            this.verifier = verifier;
        }

        /** {@return the procedure's number} */
        public long procedure() {
            return header.procedure();
        }

        /** {@return the arguments; to be wiped} */
        public byte[] arguments() {
            return arguments;
        }

        /**
         * Returns the reply.
         *
         * @param results what the procedure returns
         * @return the message, or empty if the context protects nothing any more: then no reply goes out (section 5.3.3.4.2)
         */
        public Optional<byte[]> reply(byte[] results) {
            try {
                byte[] body = GssProtection.protect(
                        context.gss(), credential.service().orElseThrow(), credential.sequence(), results);
                return Optional.of(new RpcReply.Success(header.xid(), verifier, Bytes.wrap(body)).encode());
            } catch (GSSException e) {
                LOG.warn("a reply cannot be protected and is not sent: {}", e.getMessage());
                return Optional.empty();
            }
        }
    }

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
            return answered(new RpcReply.OtherRpcVersion(header.xid()).encode());
        }
        OpaqueAuth verifier = OpaqueAuth.read(in);
        if (header.credential().flavor() != OpaqueAuth.FLAVOR_GSS) {
            return unauthenticated(header);
        }
        GssCredential credential;
        try {
            credential = GssCredential.read(header.credential().body());
        } catch (MalformedMessageException e) {
            return refused(header, AuthStatus.BAD_CREDENTIAL, e.getMessage());
        }
        return credential.procedure().makesContext()
                ? makeContext(header, credential, in)
                : take(header, credential, verifier, in);
    }

    /** Everybody may ask whether the program is there; nothing else is done for nobody. */
    private Outcome unauthenticated(CallHeader header) {
        if (header.procedure() != NULL_PROCEDURE) {
            return refused(header, AuthStatus.TOO_WEAK, "the call has no credential of RPCSEC_GSS");
        }
        RpcReply reply = program.mistake(header)
                .<RpcReply>map(status -> new RpcReply.NotDone(header.xid(), OpaqueAuth.NONE, status, program))
                .orElse(new RpcReply.Success(header.xid(), OpaqueAuth.NONE, Bytes.empty()));
        return answered(reply.encode());
    }

    // ---- making contexts (section 5.2)

    private Outcome makeContext(CallHeader header, GssCredential credential, XdrInput in)
            throws MalformedMessageException {
        if (header.procedure() != NULL_PROCEDURE || program.mistake(header).isPresent()) {
            return refused(header, AuthStatus.BAD_CREDENTIAL, "a context is made by the null procedure of the program");
        }
        byte[] token = in.opaque(MAX_TOKEN_BYTES);
        in.requireEnd();
        GssServerContext context = null;
        boolean good = false;
        try {
            context = credential.procedure() == GssCredential.Procedure.INIT
                    ? newContext()
                    : contexts.get(credential.handle());
            if (context == null || context.gss().isEstablished()) {
                return refused(header, AuthStatus.CREDENTIAL_PROBLEM, "no context of this handle is being made here");
            }
            byte[] answer = context.gss().acceptSecContext(token, 0, token.length);
            Outcome outcome = context.gss().isEstablished()
                    ? established(header, context, answer)
                    : answered(header, OpaqueAuth.NONE, context, GssMajor.CONTINUE_NEEDED, 0, answer);
            good = contexts.containsKey(context.handle());
            return outcome;
        } catch (GSSException e) {
            LOG.info("a ticket is refused: {}", e.getMessage());
            return answered(header, OpaqueAuth.NONE, null, GssMajor.of(e), e.getMinor(), null);
        } finally {
            if (!good && context != null) {
                forget(context);
            }
        }
    }

    private GssServerContext newContext() throws GSSException {
        if (contexts.size() == MAX_CONTEXTS) {
            forget(contexts.values().iterator().next());
        }
        byte[] handle = new byte[HANDLE_BYTES];
        RANDOM.nextBytes(handle);
        GssServerContext context = new GssServerContext(Bytes.wrap(handle), acceptor.context());
        contexts.put(context.handle(), context);
        return context;
    }

    private void forget(GssServerContext context) {
        if (contexts.remove(context.handle()) != null) {
            context.dispose();
        }
    }

    private Outcome established(CallHeader header, GssServerContext context, byte @Nullable [] answer)
            throws GSSException {
        GssCaller now = acceptor.caller(context.gss());
        if (caller != null && !caller.equals(now)) {
            forget(context);
            return refused(
                    header,
                    AuthStatus.CREDENTIAL_PROBLEM,
                    "the connection is " + caller.principal() + "'s, and this ticket is " + now.principal() + "'s");
        }
        OpaqueAuth verifier = OpaqueAuth.gss(GssProtection.mic(context.gss(), SequenceWindow.SIZE));
        caller = now;
        LOG.debug("{} has made a context", now.principal());
        return answered(header, verifier, context, GssMajor.COMPLETE, 0, answer);
    }

    /** Answers with rpc_gss_init_res (section 5.2.3.1). */
    private Outcome answered(
            CallHeader header,
            OpaqueAuth verifier,
            @Nullable GssServerContext context,
            int major,
            int minor,
            byte @Nullable [] token) {
        XdrOutput out = new XdrOutput();
        out.opaque(context == null ? new byte[0] : context.handle().sharedArray());
        out.uint32(major);
        out.uint32(minor);
        out.uint32(SequenceWindow.SIZE);
        out.opaque(token == null ? new byte[0] : token);
        return answered(new RpcReply.Success(header.xid(), verifier, Bytes.wrap(out.finish())).encode());
    }

    // ---- calls (section 5.3.3)

    private Outcome take(CallHeader header, GssCredential credential, OpaqueAuth verifier, XdrInput in) {
        GssServerContext context = contexts.get(credential.handle());
        if (context == null || !context.gss().isEstablished()) {
            return refused(header, AuthStatus.CREDENTIAL_PROBLEM, "there is no context of this handle");
        }
        try {
            GssProtection.verify(context.gss(), header.encode(), verifier.body().sharedArray());
        } catch (GSSException e) {
            return refused(header, AuthStatus.CREDENTIAL_PROBLEM, "the header's checksum is wrong: " + e.getMessage());
        }
        if (credential.sequence() >= GssCredential.MAX_SEQUENCE) {
            return refused(header, AuthStatus.CONTEXT_PROBLEM, "the context's sequence numbers are used up");
        }
        if (!context.window().take(credential.sequence())) {
            LOG.debug("call {} came twice, or too late", credential.sequence());
            return new Dropped();
        }
        if (context.isOver()) {
            forget(context);
            return refused(header, AuthStatus.CONTEXT_PROBLEM, "the ticket has expired");
        }
        OpaqueAuth proof;
        try {
            proof = OpaqueAuth.gss(GssProtection.mic(context.gss(), credential.sequence()));
        } catch (GSSException e) {
            return refused(header, AuthStatus.CONTEXT_PROBLEM, "the context protects nothing: " + e.getMessage());
        }
        return authenticated(header, credential, context, proof, in);
    }

    private Outcome authenticated(
            CallHeader header, GssCredential credential, GssServerContext context, OpaqueAuth proof, XdrInput in) {
        Optional<AcceptStatus> mistake = program.mistake(header);
        if (mistake.isPresent()) {
            return answered(new RpcReply.NotDone(header.xid(), proof, mistake.get(), program).encode());
        }
        GssService service = credential.service().orElseThrow();
        if (service.compareTo(weakest) < 0) {
            return refused(header, AuthStatus.TOO_WEAK, "calls are to be protected by " + weakest);
        }
        byte[] arguments;
        try {
            arguments = GssProtection.unprotect(context.gss(), service, credential.sequence(), in);
        } catch (MalformedMessageException | GSSException e) {
            LOG.info("the arguments of a call are refused: {}", e.getMessage());
            return garbage(header, proof);
        }
        Call call = new Call(header, credential, context, arguments, proof);
        return header.procedure() == NULL_PROCEDURE ? nothing(call) : destroyIsNoCall(call);
    }

    /** The null procedure, which also destroys contexts (section 5.4). */
    private Outcome nothing(Call call) {
        Optional<byte[]> reply = call.reply(new byte[0]);
        if (call.credential.procedure() == GssCredential.Procedure.DESTROY) {
            forget(call.context);
        }
        return reply.<Outcome>map(GssServer::answered).orElseGet(Dropped::new);
    }

    private Outcome destroyIsNoCall(Call call) {
        return call.credential.procedure() == GssCredential.Procedure.DESTROY
                ? refused(call.header, AuthStatus.BAD_CREDENTIAL, "a context is destroyed by the null procedure")
                : call;
    }

    /**
     * Returns the answer to a call that does not decode.
     *
     * @param call the call
     * @param status what is wrong
     * @return the reply
     */
    public byte[] notDone(Call call, AcceptStatus status) {
        return new RpcReply.NotDone(call.header.xid(), call.verifier, status, program).encode();
    }

    private Outcome garbage(CallHeader header, OpaqueAuth proof) {
        return answered(new RpcReply.NotDone(header.xid(), proof, AcceptStatus.GARBAGE_ARGS, program).encode());
    }

    private static Outcome answered(byte[] message) {
        return new Answered(Bytes.wrap(message));
    }

    private static Outcome refused(CallHeader header, AuthStatus status, @Nullable String reason) {
        LOG.info("a call is refused with auth_stat {}: {}", status.code(), reason);
        return answered(new RpcReply.AuthenticationFailed(header.xid(), status).encode());
    }

    /** Ends the contexts. */
    @Override
    public void close() {
        contexts.values().forEach(GssServerContext::dispose);
        contexts.clear();
    }
}
