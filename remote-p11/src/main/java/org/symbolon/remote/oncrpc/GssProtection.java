package org.symbolon.remote.oncrpc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;
import org.symbolon.remote.rpc.MalformedMessageException;

/** What a security context does for messages: checksums and encryption (RFC 2203 sections 5.3.1 to 5.3.3). */
final class GssProtection {
    private static final int QUALITY = 0; // the mechanism's default

    private GssProtection() {}

    static byte[] mic(GSSContext context, byte[] message) throws GSSException {
        return context.getMIC(message, 0, message.length, new MessageProp(QUALITY, false));
    }

    /** Returns the checksum of a number, which is what replies prove themselves with. */
    static byte[] mic(GSSContext context, long number) throws GSSException {
        return mic(context, bytes(number));
    }

    /** Checks a checksum. */
    static void verify(GSSContext context, byte[] message, byte[] mic) throws GSSException {
        context.verifyMIC(mic, 0, mic.length, message, 0, message.length, new MessageProp(QUALITY, false));
    }

    /** Checks the checksum of a number. */
    static void verify(GSSContext context, long number, byte[] mic) throws GSSException {
        verify(context, bytes(number), mic);
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array();
    }

    /** Protects arguments or results, which belong to a call of that number. */
    static byte[] protect(GSSContext context, GssService service, long sequence, byte[] body) throws GSSException {
        if (service == GssService.NONE) {
            return body;
        }
        XdrOutput plain = new XdrOutput();
        plain.uint32(sequence);
        plain.raw(body);
        byte[] numbered = plain.finish();
        try {
            XdrOutput out = new XdrOutput();
            if (service == GssService.INTEGRITY) {
                out.opaque(numbered);
                out.opaque(mic(context, numbered));
            } else {
                out.opaque(context.wrap(numbered, 0, numbered.length, new MessageProp(QUALITY, true)));
            }
            return out.finish();
        } finally {
            Arrays.fill(numbered, (byte) 0);
        }
    }

    /**
     * Returns what was protected.
     *
     * @throws MalformedMessageException if it belongs to another call, or was not encrypted though it should be
     * @throws GSSException if it was changed
     */
    static byte[] unprotect(GSSContext context, GssService service, long sequence, XdrInput in)
            throws MalformedMessageException, GSSException {
        if (service == GssService.NONE) {
            return in.rest();
        }
        byte[] numbered = service == GssService.INTEGRITY ? checked(context, in) : decrypted(context, in);
        in.requireEnd();
        XdrInput body = new XdrInput(numbered);
        try {
            if (body.uint32() != sequence) {
                throw new MalformedMessageException("the protected part belongs to another call");
            }
            return body.rest();
        } finally {
            Arrays.fill(numbered, (byte) 0);
        }
    }

    private static byte[] checked(GSSContext context, XdrInput in) throws MalformedMessageException, GSSException {
        byte[] numbered = in.opaque(RpcRecord.MAX_BYTES);
        verify(context, numbered, in.opaque(RpcRecord.MAX_BYTES));
        return numbered;
    }

    private static byte[] decrypted(GSSContext context, XdrInput in) throws MalformedMessageException, GSSException {
        byte[] sealed = in.opaque(RpcRecord.MAX_BYTES);
        MessageProp property = new MessageProp(QUALITY, true);
        byte[] numbered = context.unwrap(sealed, 0, sealed.length, property);
        if (!property.getPrivacy()) { // a checksum alone would unwrap, too
            Arrays.fill(numbered, (byte) 0);
            throw new MalformedMessageException("the protected part is not encrypted");
        }
        return numbered;
    }
}
