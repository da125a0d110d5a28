package org.symbolon.remote.crush;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.remote.oncrpc.RpcRecord;
import org.symbolon.remote.oncrpc.XdrInput;
import org.symbolon.remote.oncrpc.XdrOutput;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Text;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.UlongCount;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Version;
import org.symbolon.remote.rpc.ArgumentType;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.rpc.Signature;

/**
 * Turns messages into the arguments and results of Caml Crush's procedures and back. All numbers are of 8 bytes; buffers are
 * named by nobody, so that outputs always come whole; results begin with the CK_RV and are all there, whatever it is.
 * Thread-safe.
 */
public final class CrushCodec {
    private static final int RETURN_VALUE = 1; // of C_GetAttributeValue's arguments

    private CrushCodec() {}

    /**
     * Writes the arguments of a call.
     *
     * @param request the request; its arguments fit the call's signature
     * @return the bytes; there may be a PIN in them, so they are to be wiped
     */
    public static byte[] encodeRequest(RpcMessage request) {
        XdrOutput out = new XdrOutput();
        RpcCall call = request.call();
        if (call != RpcCall.INITIALIZE) {
            for (int i = 0; i < request.arguments().size(); i++) {
                writeArgument(out, request.get(i), call.request().types().get(i), call);
            }
        }
        return out.finish();
    }

    private static void writeArgument(XdrOutput out, Argument argument, ArgumentType type, RpcCall call) {
        switch (type) {
            case BYTE_BUFFER, ULONG_BUFFER -> {
                if (CrushProgram.counts(call)) {
                    long capacity = ((Buffer) argument).capacity();
                    out.hyper(capacity == Buffer.EMPTY_BUFFER ? 0 : capacity);
                }
            }
            case ATTRIBUTE_BUFFERS -> CrushAttributes.write(out, (BufferList) argument);
            case MECHANISM -> {
                RpcMechanism mechanism = (RpcMechanism) argument;
                out.hyper(mechanism.type());
                out.opaque(parameter(mechanism));
            }
            default -> writeValue(out, argument, type);
        }
    }

    private static byte[] parameter(RpcMechanism mechanism) {
        if (mechanism.parameter() instanceof Raw raw) {
            return raw.bytes().sharedArray();
        } else if (mechanism.parameter() instanceof NoParameter) {
            return new byte[0];
        }
        throw new IllegalArgumentException("Caml Crush carries flat parameters of mechanisms only");
    }

    /** Writes what stands in requests and replies alike. */
    private static void writeValue(XdrOutput out, Argument argument, ArgumentType type) {
        switch (type) {
            case OCTET -> out.hyper(((Octet) argument).value());
            case ULONG -> out.hyper(((Ulong) argument).value());
            case VERSION -> {
                out.opaque(new byte[] {(byte) ((Version) argument).major()});
                out.opaque(new byte[] {(byte) ((Version) argument).minor()});
            }
            case PADDED_TEXT, TEXT -> out.opaque(((Text) argument).bytes().sharedArray());
            case BYTES ->
                out.opaque(argument instanceof Data data ? data.bytes().sharedArray() : new byte[0]);
            case ULONGS -> {
                List<Long> values = argument instanceof Ulongs ulongs ? ulongs.values() : List.of();
                out.uint32(values.size());
                values.forEach(out::hyper);
                out.hyper(argument instanceof UlongCount needed ? needed.count() : values.size());
            }
            case ATTRIBUTES -> CrushAttributes.write(out, (AttributeList) argument);
            default -> throw new IllegalArgumentException("Caml Crush has no " + type);
        }
    }

    /**
     * Writes the results of a call.
     *
     * @param call what was called
     * @param reply the reply, or that the call failed
     * @return the bytes; there may be a key in them, so they are to be wiped
     */
    public static byte[] encodeReply(RpcCall call, RpcMessage reply) {
        XdrOutput out = new XdrOutput();
        boolean failed = reply.call() == RpcCall.ERROR;
        if (call == RpcCall.GET_ATTRIBUTE_VALUE && !failed) {
            out.hyper(reply.ulong(RETURN_VALUE));
            CrushAttributes.write(out, (AttributeList) reply.get(0));
            return out.finish();
        }
        out.hyper(reply.failure());
        List<ArgumentType> types = call.reply().types();
        for (int i = 0; i < types.size() && !(call == RpcCall.GET_ATTRIBUTE_VALUE && i == RETURN_VALUE); i++) {
            writeValue(out, failed ? nothing(types.get(i)) : reply.get(i), types.get(i));
        }
        return out.finish();
    }

    /** What stands where a call that failed has no result. */
    private static Argument nothing(ArgumentType type) {
        return switch (type) {
            case VERSION -> new Version(0, 0);
            case PADDED_TEXT, TEXT -> new Text(Bytes.empty());
            case BYTES -> new NoData();
            case ULONGS -> new Ulongs(List.of());
            case ATTRIBUTES -> new AttributeList(List.of());
            default -> new Ulong(0);
        };
    }

    /**
     * Reads the arguments of a call.
     *
     * @param call what is called
     * @param arguments the bytes
     * @return the request, of which nothing is shared with the bytes
     * @throws MalformedMessageException if they are no arguments of this procedure, to the last byte
     */
    public static RpcMessage decodeRequest(RpcCall call, byte[] arguments) throws MalformedMessageException {
        XdrInput in = new XdrInput(arguments);
        List<Argument> read = new ArrayList<>();
        if (call != RpcCall.INITIALIZE) {
            for (ArgumentType type : call.request().types()) {
                read.add(readArgument(in, type, call));
            }
        }
        in.requireEnd();
        return new RpcMessage(call, read);
    }

    private static Argument readArgument(XdrInput in, ArgumentType type, RpcCall call)
            throws MalformedMessageException {
        return switch (type) {
            case BYTE_BUFFER, ULONG_BUFFER ->
                new Buffer(CrushProgram.counts(call) ? count(in, call) : RpcRecord.MAX_BYTES);
            case ATTRIBUTE_BUFFERS -> CrushAttributes.readWanted(in);
            case MECHANISM -> {
                long mechanism = in.hyper();
                byte[] parameter = in.opaque(RpcRecord.MAX_BYTES);
                yield new RpcMechanism(
                        mechanism, parameter.length == 0 ? new NoParameter() : new Raw(Bytes.wrap(parameter)));
            }
            default -> readValue(in, type, false);
        };
    }

    /** Reads how many are wanted; none at all asks for the size, but of random bytes. */
    private static long count(XdrInput in, RpcCall call) throws MalformedMessageException {
        long count = in.hyper();
        if (count < 0 || count > RpcRecord.MAX_BYTES) {
            throw new MalformedMessageException(call.function() + " asks for " + count);
        }
        return count == 0 && call == RpcCall.GENERATE_RANDOM ? Buffer.EMPTY_BUFFER : count;
    }

    private static Argument readValue(XdrInput in, ArgumentType type, boolean partly) throws MalformedMessageException {
        return switch (type) {
            case OCTET -> new Octet((int) in.hyper() & 0xFF);
            case ULONG -> new Ulong(in.hyper());
            case VERSION -> new Version(octet(in), octet(in));
            case PADDED_TEXT, TEXT -> new Text(Bytes.wrap(in.opaque(RpcRecord.MAX_BYTES)));
            case BYTES -> new Data(Bytes.wrap(in.opaque(RpcRecord.MAX_BYTES)));
            case ULONGS -> numbers(in);
            case ATTRIBUTES -> CrushAttributes.read(in, partly);
            default -> throw new MalformedMessageException("Caml Crush has no " + type);
        };
    }

    private static int octet(XdrInput in) throws MalformedMessageException {
        byte[] bytes = in.opaque(1);
        return bytes.length == 0 ? 0 : bytes[0] & 0xFF;
    }

    private static Argument numbers(XdrInput in) throws MalformedMessageException {
        int count = in.count(Long.BYTES, "numbers");
        List<Long> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.hyper());
        }
        long claimed = in.hyper();
        return count == 0 && claimed > 0 ? new UlongCount(claimed) : new Ulongs(values);
    }

    /**
     * Reads the results of a call.
     *
     * @param request what is answered
     * @param results the bytes
     * @return the reply, which may be that the call failed
     * @throws MalformedMessageException if they are no results of this procedure
     */
    public static RpcMessage decodeReply(RpcMessage request, byte[] results) throws MalformedMessageException {
        RpcCall call = request.call();
        XdrInput in = new XdrInput(results);
        long returnValue = in.hyper();
        if (call == RpcCall.GET_ATTRIBUTE_VALUE && in.remaining() > 0) {
            AttributeList list = CrushAttributes.read(in, returnValue != 0);
            if (returnValue == 0 || !list.attributes().isEmpty()) {
                return RpcMessage.of(call, list, new Ulong(returnValue));
            }
        }
        return returnValue == 0 ? read(in, call, call.reply()) : RpcMessage.error(returnValue);
    }

    private static RpcMessage read(XdrInput in, RpcCall call, Signature signature) throws MalformedMessageException {
        List<Argument> arguments = new ArrayList<>(signature.types().size());
        for (ArgumentType type : signature.types()) {
            arguments.add(readValue(in, type, false));
        }
        in.requireEnd();
        return new RpcMessage(call, arguments);
    }
}
