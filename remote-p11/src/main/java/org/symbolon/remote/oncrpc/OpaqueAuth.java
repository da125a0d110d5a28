package org.symbolon.remote.oncrpc;

import org.symbolon.Bytes;
import org.symbolon.remote.rpc.MalformedMessageException;

/**
 * A credential or a verifier (RFC 5531 section 8.2).
 *
 * @param flavor what the body is
 * @param body at most {@value #MAX_BYTES} bytes
 */
public record OpaqueAuth(long flavor, Bytes body) {
    /** AUTH_NONE. */
    public static final long FLAVOR_NONE = 0;
    /** RPCSEC_GSS. */
    public static final long FLAVOR_GSS = 6;
    /** The most bytes of a body. */
    public static final int MAX_BYTES = 400;
    /** Of flavor AUTH_NONE, as both credential and verifier. */
    public static final OpaqueAuth NONE = new OpaqueAuth(FLAVOR_NONE, Bytes.empty());

    static OpaqueAuth gss(byte[] body) {
        return new OpaqueAuth(FLAVOR_GSS, Bytes.wrap(body));
    }

    static OpaqueAuth read(XdrInput in) throws MalformedMessageException {
        return new OpaqueAuth(in.uint32(), Bytes.wrap(in.opaque(MAX_BYTES)));
    }

    void write(XdrOutput out) {
        out.uint32(flavor);
        out.opaque(body.sharedArray());
    }
}
