package org.symbolon.remote.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.DataLength;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.ParameterUpdate;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Text;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.UlongCount;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Version;

/**
 * Turns messages into the bodies of frames and back, in one dialect. Thread-safe.
 *
 * <p>Decoding checks the call's number, its signature byte for byte, and every length and count against the bytes that are
 * there; templates may be nested 8 deep. Bytes after the last argument are tolerated, as p11-kit does.
 */
public final class RpcCodec {
    private static final int MAX_SIGNATURE_BYTES = 64;

    private final boolean oneShot;
    private final AttributeForm attributes;
    private final MechanismForm mechanisms;

    /**
     * Makes a codec.
     *
     * @param dialect the dialect
     */
    public RpcCodec(Dialect dialect) {
        this.oneShot = dialect.has(Capability.ONE_SHOT);
        this.attributes = new AttributeForm(dialect);
        this.mechanisms = new MechanismForm(dialect);
    }

    /**
     * A message and how many bytes followed it in its body.
     *
     * @param message the message
     * @param bytesLeft 0 from every known peer but go-p11-kit
     */
    public record Decoded(RpcMessage message, int bytesLeft) {}

    /**
     * Encodes a request.
     *
     * @param request the request; its arguments fit the call's signature
     * @return the body; there may be a PIN in it, so it is to be wiped
     */
    public byte[] encodeRequest(RpcMessage request) {
        return encode(request, request.call().request());
    }

    /**
     * Encodes a reply.
     *
     * @param reply the reply; its arguments fit the call's signature
     * @return the body; there may be a key in it, so it is to be wiped
     */
    public byte[] encodeReply(RpcMessage reply) {
        return encode(reply, reply.call().reply());
    }

    private byte[] encode(RpcMessage message, Signature signature) {
        WireOutput out = new WireOutput();
        out.uint32(message.call().number());
        out.byteArray(signature.text().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        List<Argument> arguments = message.arguments();
        int omitted = signature.types().size() - arguments.size();
        if (omitted != (isFailedDerivation(message.call(), arguments) ? 1 : 0)) {
            throw new IllegalArgumentException(message.call().function() + " has " + arguments.size() + " arguments, "
                    + signature.text() + " says otherwise");
        }
        for (int i = 0; i < arguments.size(); i++) {
            write(out, arguments.get(i), signature.types().get(i));
        }
        return out.finish();
    }

    /** Whether a reply to C_DeriveKey2 ends before the key's handle: there is no key. */
    private static boolean isFailedDerivation(RpcCall call, List<Argument> arguments) {
        return call == RpcCall.DERIVE_KEY_2
                && arguments.size() == 2
                && arguments.get(1) instanceof ParameterUpdate
                && arguments.get(0) instanceof Ulong returnValue
                && returnValue.value() != 0;
    }

    private void write(WireOutput out, Argument argument, ArgumentType type) {
        switch (type) {
            case OCTET -> out.octet(((Octet) argument).value());
            case ULONG -> out.uint64(((Ulong) argument).value());
            case VERSION -> {
                out.octet(((Version) argument).major());
                out.octet(((Version) argument).minor());
            }
            case PADDED_TEXT, TEXT -> out.byteArray(((Text) argument).bytes().sharedArray());
            case BYTES -> writeBytes(out, argument);
            case BYTE_BUFFER, ULONG_BUFFER -> out.uint32(((Buffer) argument).capacity());
            case ULONGS -> writeUlongs(out, argument);
            case ATTRIBUTES -> attributes.write(out, (AttributeList) argument);
            case ATTRIBUTE_BUFFERS -> attributes.write(out, (BufferList) argument);
            case MECHANISM -> mechanisms.write(out, (RpcMechanism) argument);
            case PARAMETER_UPDATE -> MechanismForm.write(out, (ParameterUpdate) argument);
        }
    }

    private static void writeBytes(WireOutput out, Argument argument) {
        if (argument instanceof DataLength needed) {
            out.octet(0);
            out.uint32(needed.length());
        } else {
            out.octet(1);
            out.byteArray(argument);
        }
    }

    private static void writeUlongs(WireOutput out, Argument argument) {
        if (argument instanceof UlongCount needed) {
            out.octet(0);
            out.uint32(needed.count());
        } else {
            out.octet(1);
            AttributeForm.write(out, (Ulongs) argument);
        }
    }

    /**
     * Decodes a request.
     *
     * @param body the body of a frame; copied
     * @return the request
     * @throws MalformedMessageException if it is none
     */
    public Decoded decodeRequest(byte[] body) throws MalformedMessageException {
        WireInput in = new WireInput(body);
        RpcCall call = call(in);
        if (call == RpcCall.ERROR) {
            throw new MalformedMessageException("a request has the number 0");
        } else if (call.isOneShot() && !oneShot) {
            throw new MalformedMessageException(call.function() + " was not agreed on");
        }
        return decode(in, call, call.request(), Optional.empty());
    }

    /**
     * Decodes the reply to a request.
     *
     * @param body the body of a frame; copied
     * @param request what it answers
     * @return the reply, which may be that the call failed
     * @throws MalformedMessageException if it is none, or answers another request
     */
    public Decoded decodeReply(byte[] body, RpcMessage request) throws MalformedMessageException {
        WireInput in = new WireInput(body);
        RpcCall call = call(in);
        if (call != RpcCall.ERROR && call != request.call()) {
            throw new MalformedMessageException(request.call().function() + " is answered as " + call.function());
        }
        Decoded reply = decode(
                in,
                call,
                call.reply(),
                request.arguments().stream()
                        .filter(RpcMechanism.class::isInstance)
                        .map(RpcMechanism.class::cast)
                        .findFirst());
        if (call == RpcCall.ERROR && reply.message().failure() == 0) {
            throw new MalformedMessageException("a failure has the return value CKR_OK");
        }
        return reply;
    }

    private static RpcCall call(WireInput in) throws MalformedMessageException {
        long number = in.uint32();
        return RpcCall.of(number).orElseThrow(() -> new MalformedMessageException("there is no call " + number));
    }

    private Decoded decode(WireInput in, RpcCall call, Signature signature, Optional<RpcMechanism> mechanism)
            throws MalformedMessageException {
        requireSignature(in, call, signature);
        List<Argument> arguments = new ArrayList<>(signature.types().size());
        for (ArgumentType type : signature.types()) {
            if (!isFailedDerivation(call, arguments)) {
                arguments.add(read(in, type, mechanism));
            }
        }
        return new Decoded(new RpcMessage(call, arguments), in.remaining());
    }

    private static void requireSignature(WireInput in, RpcCall call, Signature signature)
            throws MalformedMessageException {
        Bytes text = in.presentByteArray();
        if (text.length() > MAX_SIGNATURE_BYTES
                || !new String(text.sharedArray(), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .equals(signature.text())) {
            throw new MalformedMessageException(call.function() + " has the signature \"" + signature.text()
                    + "\", the message has another of " + text.length() + " bytes");
        }
    }

    private Argument read(WireInput in, ArgumentType type, Optional<RpcMechanism> mechanism)
            throws MalformedMessageException {
        return switch (type) {
            case OCTET -> new Octet(in.octet());
            case ULONG -> new Ulong(in.uint64());
            case VERSION -> new Version(in.octet(), in.octet());
            case PADDED_TEXT, TEXT -> new Text(in.presentByteArray());
            case BYTES -> readBytes(in);
            case BYTE_BUFFER, ULONG_BUFFER -> new Buffer(in.uint32());
            case ULONGS -> readUlongs(in);
            case ATTRIBUTES -> attributes.read(in);
            case ATTRIBUTE_BUFFERS -> attributes.readBuffers(in);
            case MECHANISM -> mechanisms.read(in);
            case PARAMETER_UPDATE ->
                mechanisms.readUpdate(
                        in, mechanism.orElseThrow(() -> new MalformedMessageException("no mechanism was asked for")));
        };
    }

    private static Argument readBytes(WireInput in) throws MalformedMessageException {
        return in.octet() == 0 ? new DataLength(in.uint32()) : in.byteArray();
    }

    private static Argument readUlongs(WireInput in) throws MalformedMessageException {
        if (in.octet() == 0) {
            return new UlongCount(in.uint32());
        }
        return AttributeForm.ulongs(in, in.count(Long.BYTES, "numbers"));
    }
}
