package org.symbolon.remote.oncrpc;

import java.util.Arrays;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.MalformedMessageException;

/**
 * The body of a credential of RPCSEC_GSS version 1 (RFC 2203 section 5).
 *
 * @param procedure what the call does with the context
 * @param sequence its number, 0 to 2^32 - 1
 * @param service how its arguments and results are protected; empty where that says nothing
 * @param handle the server's name for the context; empty before it has one
 */
record GssCredential(Procedure procedure, long sequence, Optional<GssService> service, Bytes handle) {
    /** Numbers from here on are too large (MAXSEQ). */
    static final long MAX_SEQUENCE = 0x8000_0000L;

    private static final long VERSION = 1;

    /** gss_proc. */
    enum Procedure {
        DATA(0),
        INIT(1),
        CONTINUE_INIT(2),
        DESTROY(3);

        private final int code;

        Procedure(int code) {
            this.code = code;
        }

        static Procedure of(long code) throws MalformedMessageException {
            return Arrays.stream(values())
                    .filter(procedure -> procedure.code == code)
                    .findFirst()
                    .orElseThrow(() -> new MalformedMessageException("there is no gss_proc " + code));
        }

        boolean makesContext() {
            return this == INIT || this == CONTINUE_INIT;
        }
    }

    static GssCredential init(Bytes handle) {
        return new GssCredential(
                handle.isEmpty() ? Procedure.INIT : Procedure.CONTINUE_INIT, 0, Optional.empty(), handle);
    }

    static GssCredential data(Procedure procedure, long sequence, GssService service, Bytes handle) {
        return new GssCredential(procedure, sequence, Optional.of(service), handle);
    }

    /**
     * Reads a credential.
     *
     * @throws MalformedMessageException if it is of another version, or has values that the RFC does not know
     */
    static GssCredential read(Bytes body) throws MalformedMessageException {
        XdrInput in = new XdrInput(body.sharedArray());
        long version = in.uint32();
        if (version != VERSION) {
            throw new MalformedMessageException("version " + version + " of RPCSEC_GSS is not spoken here");
        }
        GssCredential credential = new GssCredential(
                Procedure.of(in.uint32()),
                in.uint32(),
                GssService.of(in.uint32()),
                Bytes.wrap(in.opaque(OpaqueAuth.MAX_BYTES)));
        in.requireEnd();
        if (!credential.procedure.makesContext() && credential.service.isEmpty()) {
            throw new MalformedMessageException("the credential names no service that there is");
        }
        return credential;
    }

    OpaqueAuth toAuth() {
        XdrOutput out = new XdrOutput();
        out.uint32(VERSION);
        out.uint32(procedure.code);
        out.uint32(sequence);
        out.uint32(service.map(GssService::code).orElse(0));
        out.opaque(handle.sharedArray());
        return OpaqueAuth.gss(out.finish());
    }
}
