package org.symbolon.remote.xdr;

import org.symbolon.Bytes;
import org.symbolon.remote.oncrpc.RpcRecord;
import org.symbolon.remote.oncrpc.XdrInput;
import org.symbolon.remote.oncrpc.XdrOutput;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.Parameter;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Typed;
import org.symbolon.remote.rpc.FieldInput;
import org.symbolon.remote.rpc.FieldOutput;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.TypedParameters;

/** Mechanisms with the structures of PKCS #11 as their parameters: struct pk_mechanism. */
final class XdrMechanisms {
    private static final int NO_PARAMETER = 0;
    /** The bytes of a structure in the memory of a 64-bit little-endian machine, without pointers. */
    private static final int BYTES = 255;

    private XdrMechanisms() {}

    static void write(XdrOutput out, RpcMechanism mechanism) {
        out.hyper(mechanism.type());
        Parameter parameter = mechanism.parameter();
        if (parameter instanceof Typed typed) {
            if (!TypedParameters.write(new Output(out), typed.parameters())) {
                throw new IllegalArgumentException("the parameter of mechanism 0x" + Long.toHexString(mechanism.type())
                        + " has no form in this program");
            }
        } else if (parameter instanceof Raw raw) {
            out.uint32(BYTES);
            out.opaque(raw.bytes().sharedArray());
        } else if (parameter instanceof NoParameter) {
            out.uint32(NO_PARAMETER);
        } else {
            throw new IllegalArgumentException("p11-kit's fields are not of this program");
        }
    }

    static RpcMechanism read(XdrInput in) throws MalformedMessageException {
        long type = in.hyper();
        XdrInput ahead = in.ahead();
        int structure = XdrAttributes.octet(ahead);
        if (structure == NO_PARAMETER || structure == BYTES) {
            in.uint32();
            return new RpcMechanism(
                    type, structure == BYTES ? new Raw(Bytes.wrap(in.opaque(RpcRecord.MAX_BYTES))) : new NoParameter());
        }
        try {
            return new RpcMechanism(type, new Typed(TypedParameters.read(new Input(in))));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedMessageException("the parameter of a mechanism cannot be: " + e.getMessage());
        }
    }

    private record Output(XdrOutput xdr) implements FieldOutput {
        @Override
        public void octet(int value) {
            xdr.uint32(value & 0xFF);
        }

        @Override
        public void uint64(long value) {
            xdr.hyper(value);
        }

        @Override
        public void byteArray(byte[] bytes) {
            xdr.opaque(bytes);
        }
    }

    private record Input(XdrInput xdr) implements FieldInput {
        @Override
        public int octet() throws MalformedMessageException {
            return XdrAttributes.octet(xdr);
        }

        @Override
        public long uint64() throws MalformedMessageException {
            return xdr.hyper();
        }

        @Override
        public Bytes presentByteArray() throws MalformedMessageException {
            return Bytes.wrap(xdr.opaque(RpcRecord.MAX_BYTES));
        }
    }
}
