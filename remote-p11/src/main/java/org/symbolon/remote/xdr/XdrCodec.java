package org.symbolon.remote.xdr;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.remote.oncrpc.RpcProgram;
import org.symbolon.remote.oncrpc.RpcRecord;
import org.symbolon.remote.oncrpc.XdrInput;
import org.symbolon.remote.oncrpc.XdrOutput;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.DataLength;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.ParameterUpdate;
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
 * Turns messages into the arguments and results of the program's procedures and back. The number of a call is that of its
 * procedure; results begin with the CK_RV, and nothing follows one that is not CKR_OK. C_Initialize has no arguments here. Thread-safe.
 */
public final class XdrCodec {
    /** PKCS #11, version 1 of this program. */
    public static final RpcProgram PROGRAM = new RpcProgram(0x2050_4b31L, 1);

    private static final int NULL_BYTES = 0;
    private static final int PRESENT_BYTES = 1;
    private static final int LENGTH_OF_BYTES = 2;

    private XdrCodec() {}

    /**
     * Writes the arguments of a call.
     *
     * @param request the request; its arguments fit the call's signature
     * @return the bytes; there may be a PIN in them, so they are to be wiped
     */
    public static byte[] encodeRequest(RpcMessage request) {
        XdrOutput out = new XdrOutput();
        if (request.call() != RpcCall.INITIALIZE) {
            write(out, request.arguments(), request.call().request());
        }
        return out.finish();
    }

    /**
     * Writes the results of a call.
     *
     * @param reply the reply, or that the call failed
     * @return the bytes; there may be a key in them, so they are to be wiped
     */
    public static byte[] encodeReply(RpcMessage reply) {
        XdrOutput out = new XdrOutput();
        out.uint32(reply.failure()); // a union of XDR is told apart by 32 bits, and so many has a CK_RV
        if (reply.call() != RpcCall.ERROR) {
            write(out, reply.arguments(), reply.call().reply());
        }
        return out.finish();
    }

    private static void write(XdrOutput out, List<Argument> arguments, Signature signature) {
        if (arguments.size() > signature.types().size()) {
            throw new IllegalArgumentException(signature.text() + " has no " + arguments.size() + " arguments");
        }
        for (int i = 0; i < arguments.size(); i++) {
            write(out, arguments.get(i), signature.types().get(i));
        }
    }

    private static void write(XdrOutput out, Argument argument, ArgumentType type) {
        switch (type) {
            case OCTET -> out.uint32(((Octet) argument).value());
            case ULONG -> out.hyper(((Ulong) argument).value());
            case VERSION -> {
                out.uint32(((Version) argument).major());
                out.uint32(((Version) argument).minor());
            }
            case PADDED_TEXT, TEXT -> out.opaque(((Text) argument).bytes().sharedArray());
            case BYTES -> writeBytes(out, argument);
            case BYTE_BUFFER, ULONG_BUFFER -> out.uint32(((Buffer) argument).capacity());
            case ULONGS -> writeUlongs(out, argument);
            case ATTRIBUTES -> XdrAttributes.write(out, (AttributeList) argument);
            case ATTRIBUTE_BUFFERS -> XdrAttributes.write(out, (BufferList) argument);
            case MECHANISM -> XdrMechanisms.write(out, (RpcMechanism) argument);
            case PARAMETER_UPDATE -> out.bool(argument == ParameterUpdate.UNCHANGED);
        }
    }

    private static void writeBytes(XdrOutput out, Argument argument) {
        if (argument instanceof DataLength needed) {
            out.uint32(LENGTH_OF_BYTES);
            out.hyper(needed.length());
        } else if (argument instanceof Data data) {
            out.uint32(PRESENT_BYTES);
            out.opaque(data.bytes().sharedArray());
        } else {
            out.uint32(NULL_BYTES);
        }
    }

    private static void writeUlongs(XdrOutput out, Argument argument) {
        out.bool(argument instanceof Ulongs);
        if (argument instanceof Ulongs ulongs) {
            XdrAttributes.write(out, ulongs);
        } else {
            out.uint32(((UlongCount) argument).count());
        }
    }

    /**
     * Reads the arguments of a call.
     *
     * @param procedure the procedure's number
     * @param arguments the bytes
     * @return the request, of which nothing is shared with the bytes
     * @throws MalformedMessageException if they are no arguments of this procedure, to the last byte
     */
    public static RpcMessage decodeRequest(RpcCall procedure, byte[] arguments) throws MalformedMessageException {
        XdrInput in = new XdrInput(arguments);
        RpcMessage request =
                procedure == RpcCall.INITIALIZE ? RpcMessage.of(procedure) : read(in, procedure, procedure.request());
        in.requireEnd();
        return request;
    }

    /**
     * Reads the results of a call.
     *
     * @param request what is answered
     * @param results the bytes
     * @return the reply, which may be that the call failed
     * @throws MalformedMessageException if they are no results of this procedure, to the last byte
     */
    public static RpcMessage decodeReply(RpcMessage request, byte[] results) throws MalformedMessageException {
        XdrInput in = new XdrInput(results);
        long returnValue = in.uint32();
        RpcMessage reply =
                returnValue == 0 ? read(in, request.call(), request.call().reply()) : RpcMessage.error(returnValue);
        in.requireEnd();
        return reply;
    }

    private static RpcMessage read(XdrInput in, RpcCall call, Signature signature) throws MalformedMessageException {
        List<Argument> arguments = new ArrayList<>(signature.types().size());
        for (ArgumentType type : signature.types()) {
            arguments.add(read(in, type));
        }
        return new RpcMessage(call, arguments);
    }

    private static Argument read(XdrInput in, ArgumentType type) throws MalformedMessageException {
        return switch (type) {
            case OCTET -> new Octet(XdrAttributes.octet(in));
            case ULONG -> new Ulong(in.hyper());
            case VERSION -> new Version(XdrAttributes.octet(in), XdrAttributes.octet(in));
            case PADDED_TEXT, TEXT -> new Text(Bytes.wrap(in.opaque(RpcRecord.MAX_BYTES)));
            case BYTES -> readBytes(in);
            case BYTE_BUFFER, ULONG_BUFFER -> new Buffer(in.uint32());
            case ULONGS -> in.bool() ? XdrAttributes.readUlongs(in) : new UlongCount(in.uint32());
            case ATTRIBUTES -> XdrAttributes.read(in);
            case ATTRIBUTE_BUFFERS -> XdrAttributes.readWanted(in);
            case MECHANISM -> XdrMechanisms.read(in);
            case PARAMETER_UPDATE -> in.bool() ? ParameterUpdate.UNCHANGED : ParameterUpdate.ABSENT;
        };
    }

    private static Argument readBytes(XdrInput in) throws MalformedMessageException {
        long form = in.uint32();
        return switch ((int) form) {
            case NULL_BYTES -> new NoData();
            case PRESENT_BYTES -> new Data(Bytes.wrap(in.opaque(RpcRecord.MAX_BYTES)));
            case LENGTH_OF_BYTES -> new DataLength(in.hyper());
            default -> throw new MalformedMessageException("bytes have no form " + form);
        };
    }
}
