package org.symbolon.remote.oncrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ietf.jgss.GSSContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.MalformedMessageException;

/** What the server's end refuses, drops and lets through, message by message. */
class GssServerTest {
    private static final RpcProgram PROGRAM = new RpcProgram(0x2000_0001, 1);
    private static final byte[] ARGUMENTS = {0, 0, 0, 42};

    private final List<GSSContext> accepted = new ArrayList<>();
    private GssServer server = server(GssService.NONE);
    private final GSSContext alice = StandInGss.initiator("alice");
    private Bytes handle = Bytes.empty();

    private GssServer server(GssService weakest) {
        GssAcceptor acceptor = StandInGss.accepting();
        return new GssServer(
                PROGRAM,
                new GssAcceptor() {
                    @Override
                    public GSSContext context() throws org.ietf.jgss.GSSException {
                        accepted.add(acceptor.context());
                        return accepted.get(accepted.size() - 1);
                    }

                    @Override
                    public GssCaller caller(GSSContext context) throws org.ietf.jgss.GSSException {
                        return acceptor.caller(context);
                    }
                },
                weakest);
    }

    @BeforeEach
    void makeContext() throws Exception {
        handle = made(init("alice"));
        alice.initSecContext(new byte[0], 0, 0);
    }

    private static byte[] init(String caller) {
        XdrOutput out = new XdrOutput();
        out.raw(CallHeader.of(1, PROGRAM, 0, GssCredential.init(Bytes.empty()).toAuth())
                .encode());
        OpaqueAuth.NONE.write(out);
        out.opaque(caller.getBytes(StandardCharsets.UTF_8));
        return out.finish();
    }

    private Bytes made(byte[] init) throws Exception {
        RpcReply.Success reply = (RpcReply.Success) reply(server.take(init));
        return Bytes.wrap(new XdrInput(reply.results().sharedArray()).opaque(400));
    }

    private static RpcReply reply(GssServer.Outcome outcome) throws Exception {
        assertThat(outcome).isInstanceOf(GssServer.Answered.class);
        return RpcReply.read(((GssServer.Answered) outcome).message().sharedArray(), PROGRAM);
    }

    private byte[] call(long sequence) throws Exception {
        return call(sequence, GssService.INTEGRITY, GssCredential.Procedure.DATA, 7, sequence);
    }

    private byte[] call(
            long sequence, GssService service, GssCredential.Procedure use, long procedure, long innerSequence)
            throws Exception {
        byte[] header = CallHeader.of(
                        sequence,
                        PROGRAM,
                        procedure,
                        GssCredential.data(use, sequence, service, handle).toAuth())
                .encode();
        XdrOutput out = new XdrOutput();
        out.raw(header);
        OpaqueAuth.gss(GssProtection.mic(alice, header)).write(out);
        out.raw(GssProtection.protect(alice, service, innerSequence, ARGUMENTS));
        return out.finish();
    }

    private AuthStatus denial(byte[] message) throws Exception {
        RpcReply reply = reply(server.take(message));
        assertThat(reply).isInstanceOf(RpcReply.AuthenticationFailed.class);
        return ((RpcReply.AuthenticationFailed) reply).status();
    }

    @ParameterizedTest
    @EnumSource(GssService.class)
    void take_aCall_givesItsArguments(GssService service) throws Exception {
        GssServer.Outcome outcome = server.take(call(1, service, GssCredential.Procedure.DATA, 7, 1));
        assertThat(outcome).isInstanceOf(GssServer.Call.class);
        GssServer.Call call = (GssServer.Call) outcome;
        assertThat(call.procedure()).isEqualTo(7);
        assertThat(call.arguments()).isEqualTo(ARGUMENTS);
        assertThat(server.caller()).map(GssCaller::principal).contains("alice");
        byte[] message = call.reply(new byte[] {1, 2, 3, 4}).orElseThrow();
        RpcReply.Success reply = (RpcReply.Success) RpcReply.read(message, PROGRAM);
        GssProtection.verify(alice, 1, reply.verifier().body().sharedArray());
        assertThat(GssProtection.unprotect(
                        alice, service, 1, new XdrInput(reply.results().sharedArray())))
                .isEqualTo(new byte[] {1, 2, 3, 4});
    }

    @Test
    void take_theSameCallTwice_dropsTheSecond() throws Exception {
        byte[] message = call(5);
        assertThat(server.take(message)).isInstanceOf(GssServer.Call.class);
        assertThat(server.take(message)).isInstanceOf(GssServer.Dropped.class);
    }

    @Test
    void take_callsInAnyOrderWithinTheWindow_takesEachOnce() throws Exception {
        assertThat(server.take(call(200))).isInstanceOf(GssServer.Call.class);
        assertThat(server.take(call(73))).isInstanceOf(GssServer.Call.class);
        assertThat(server.take(call(73))).isInstanceOf(GssServer.Dropped.class);
        assertThat(server.take(call(72))).as("below the window of 128").isInstanceOf(GssServer.Dropped.class);
        assertThat(server.take(call(201))).isInstanceOf(GssServer.Call.class);
        assertThat(server.take(call(73))).isInstanceOf(GssServer.Dropped.class);
    }

    @Test
    void take_anUnknownHandle_isDenied() throws Exception {
        handle = Bytes.of((byte) 1, (byte) 2);
        assertThat(denial(call(1))).isEqualTo(AuthStatus.CREDENTIAL_PROBLEM);
    }

    @Test
    void take_aHandleOfAnotherConnection_isDenied() throws Exception {
        byte[] message = call(1);
        server = server(GssService.NONE);
        assertThat(denial(message)).isEqualTo(AuthStatus.CREDENTIAL_PROBLEM);
    }

    @Test
    void take_aChangedHeader_isDeniedAndTakesNoNumber() throws Exception {
        byte[] message = call(1);
        message[23] ^= 1; // the procedure
        assertThat(denial(message)).isEqualTo(AuthStatus.CREDENTIAL_PROBLEM);
        assertThat(server.take(call(1))).isInstanceOf(GssServer.Call.class);
    }

    @Test
    void take_aNumberPastMaxSeq_isDenied() throws Exception {
        assertThat(denial(call(0x8000_0000L))).isEqualTo(AuthStatus.CONTEXT_PROBLEM);
    }

    @Test
    void take_anExpiredTicket_isDeniedAndForgotten() throws Exception {
        StandInGss.of(accepted.get(0)).lifetime = 0;
        assertThat(denial(call(1))).isEqualTo(AuthStatus.CONTEXT_PROBLEM);
        assertThat(denial(call(2))).isEqualTo(AuthStatus.CREDENTIAL_PROBLEM);
    }

    @ParameterizedTest
    @EnumSource(
            value = GssService.class,
            names = {"INTEGRITY", "PRIVACY"})
    void take_argumentsOfAnotherCall_areGarbage(GssService service) throws Exception {
        RpcReply reply = reply(server.take(call(2, service, GssCredential.Procedure.DATA, 7, 1)));
        assertThat(reply)
                .isInstanceOfSatisfying(
                        RpcReply.NotDone.class,
                        notDone -> assertThat(notDone.status()).isEqualTo(AcceptStatus.GARBAGE_ARGS));
    }

    @Test
    void take_changedArguments_areGarbage() throws Exception {
        byte[] message = call(3);
        message[message.length - 40] ^= 1; // before the checksum of 32 bytes
        assertThat(reply(server.take(message))).isInstanceOf(RpcReply.NotDone.class);
    }

    @Test
    void take_anotherProgram_isSaidToBeUnavailable() throws Exception {
        byte[] header = CallHeader.of(
                        1,
                        new RpcProgram(99, 1),
                        7,
                        GssCredential.data(GssCredential.Procedure.DATA, 1, GssService.NONE, handle)
                                .toAuth())
                .encode();
        XdrOutput out = new XdrOutput();
        out.raw(header);
        OpaqueAuth.gss(GssProtection.mic(alice, header)).write(out);
        assertThat(reply(server.take(out.finish())))
                .isInstanceOfSatisfying(
                        RpcReply.NotDone.class,
                        notDone -> assertThat(notDone.status()).isEqualTo(AcceptStatus.PROG_UNAVAIL));
    }

    @Test
    void take_callsWithoutACredential_onlyTheNullProcedureIsDone() throws Exception {
        assertThat(denial(plain(7))).isEqualTo(AuthStatus.TOO_WEAK);
        assertThat(reply(server.take(plain(0)))).isInstanceOf(RpcReply.Success.class);
    }

    private static byte[] plain(long procedure) {
        XdrOutput out = new XdrOutput();
        out.raw(CallHeader.of(1, PROGRAM, procedure, OpaqueAuth.NONE).encode());
        OpaqueAuth.NONE.write(out);
        return out.finish();
    }

    @Test
    void take_weakerProtectionThanWanted_isDenied() throws Exception {
        server = server(GssService.PRIVACY);
        makeContext();
        assertThat(denial(call(1))).isEqualTo(AuthStatus.TOO_WEAK);
        assertThat(server.take(call(2, GssService.PRIVACY, GssCredential.Procedure.DATA, 7, 2)))
                .isInstanceOf(GssServer.Call.class);
    }

    @Test
    void take_aContextOfSomebodyElse_isDeniedAndTheFirstGoesOn() throws Exception {
        assertThat(denial(init("bob"))).isEqualTo(AuthStatus.CREDENTIAL_PROBLEM);
        assertThat(server.take(call(1))).isInstanceOf(GssServer.Call.class);
        assertThat(made(init("alice"))).as("renewal").isNotEqualTo(handle);
        assertThat(server.take(call(2))).as("the old context").isInstanceOf(GssServer.Call.class);
    }

    @Test
    void take_aTicketThatCannotBeRead_isAnsweredWithItsStatus() throws Exception {
        RpcReply.Success reply = (RpcReply.Success) reply(server.take(init("")));
        XdrInput in = new XdrInput(reply.results().sharedArray());
        assertThat(in.opaque(400)).isEmpty();
        assertThat(GssMajor.text(in.uint32())).contains("cannot read the ticket");
    }

    @Test
    void take_manyContexts_forgetsTheOldest() throws Exception {
        for (int i = 0; i < 8; i++) {
            made(init("alice"));
        }
        assertThat(denial(call(1))).isEqualTo(AuthStatus.CREDENTIAL_PROBLEM);
    }

    @Test
    void take_destroy_endsTheContext() throws Exception {
        assertThat(reply(server.take(call(1, GssService.NONE, GssCredential.Procedure.DESTROY, 0, 1))))
                .isInstanceOf(RpcReply.Success.class);
        assertThat(denial(call(2))).isEqualTo(AuthStatus.CREDENTIAL_PROBLEM);
    }

    @Test
    void take_aCredentialThatMakesNoSense_isABadOne() throws Exception {
        for (int word = 0; word < 4; word++) {
            byte[] body = GssCredential.data(GssCredential.Procedure.DATA, 1, GssService.NONE, handle)
                    .toAuth()
                    .body()
                    .toByteArray();
            body[4 * word + 3] = 77; // version, gss_proc, nothing wrong with 77 as a number, service
            XdrOutput out = new XdrOutput();
            out.raw(CallHeader.of(1, PROGRAM, 7, OpaqueAuth.gss(body)).encode());
            OpaqueAuth.NONE.write(out);
            assertThat(denial(out.finish()))
                    .isEqualTo(word == 2 ? AuthStatus.CREDENTIAL_PROBLEM : AuthStatus.BAD_CREDENTIAL);
        }
    }

    @Test
    void reply_whenTheContextProtectsNothingAnyMore_isNotSent() throws Exception {
        GssServer.Call call = (GssServer.Call) server.take(call(1));
        StandInGss.of(accepted.get(0)).broken = true;
        assertThat(call.reply(new byte[4])).isEmpty();
    }

    @Test
    void take_noCallAtAll_endsTheConnection() {
        assertThatThrownBy(() -> server.take(new byte[] {0, 0, 0, 1, 0, 0, 0, 1}))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> server.take(new byte[3])).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void take_anyPrefixOfACall_isRefusedOrMalformed() throws Exception {
        byte[] message = call(9);
        for (int length = 0; length < message.length; length++) {
            byte[] prefix = java.util.Arrays.copyOf(message, length);
            try {
                assertThat(server.take(prefix)).isNotInstanceOf(GssServer.Call.class);
            } catch (MalformedMessageException e) {
                assertThat(e.getMessage()).contains("byte");
            }
        }
    }
}
