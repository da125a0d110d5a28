package org.symbolon.remote.rpc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Fields;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Parameter;
import org.symbolon.remote.rpc.Argument.ParameterUpdate;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Typed;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Value;

/** Reads and writes mechanisms, in the older and in the newer form. */
final class MechanismForm {
    private static final String NO_FIELDS = "";
    private static final byte FLAT = 0;
    private static final byte TYPED = 1;

    private final Dialect dialect;
    private final TypeTable types;
    private final boolean typed;

    MechanismForm(Dialect dialect) {
        this.dialect = dialect;
        this.types = TypeTable.ofMechanisms(dialect);
        this.typed = dialect.has(Capability.TYPED);
    }

    RpcMechanism read(WireInput in) throws MalformedMessageException {
        long type = in.uint32();
        if (type == RpcMechanism.NULL_MECHANISM) {
            return new RpcMechanism(type, new NoParameter());
        }
        Optional<String> fields = types.parameter(type);
        return new RpcMechanism(
                type,
                switch (dialect.mechanisms()) {
                    case OLD -> readOld(in, fields);
                    case NEW -> readNew(in, fields);
                    case STRUCTURED, FLAT -> throw notP11Kits();
                });
    }

    private Parameter readOld(WireInput in, Optional<String> fields) throws MalformedMessageException {
        return fields.isPresent() && !fields.get().equals(NO_FIELDS) ? readFields(in, fields.get()) : readRaw(in);
    }

    private Parameter readNew(WireInput in, Optional<String> fields) throws MalformedMessageException {
        if ((fields.isPresent() && fields.get().equals(NO_FIELDS)) || in.octet() == 0) {
            return new NoParameter();
        }
        return fields.isPresent() ? readFields(in, fields.get()) : readRaw(in);
    }

    private Parameter readRaw(WireInput in) throws MalformedMessageException {
        if (!(in.byteArray() instanceof Data data)) {
            return new NoParameter();
        }
        return typed ? readMarked(data.bytes()) : new Raw(data.bytes());
    }

    /** Reads what an end of ours has marked as typed or flat. */
    private static Parameter readMarked(Bytes marked) throws MalformedMessageException {
        if (marked.isEmpty()) {
            throw new MalformedMessageException("the parameter of a mechanism is not marked");
        }
        byte[] bytes = marked.sharedArray();
        Bytes content = Bytes.wrap(Arrays.copyOfRange(bytes, 1, bytes.length));
        return switch (bytes[0]) {
            case FLAT -> new Raw(content);
            case TYPED -> new Typed(TypedParameters.read(content));
            default -> throw new MalformedMessageException("the parameter of a mechanism is marked as neither");
        };
    }

    /** Returns the bytes of a parameter that has no fields here. */
    private Argument.Value content(Parameter parameter) {
        if (parameter instanceof Typed structure) {
            if (!typed) {
                throw new IllegalArgumentException("the peer was not asked whether it takes typed parameters");
            }
            return marked(TYPED, TypedParameters.write(structure.parameters()).orElseThrow());
        } else if (parameter instanceof Raw raw) {
            return typed ? marked(FLAT, raw.bytes()) : new Data(raw.bytes());
        }
        return new Argument.NoData();
    }

    private static Data marked(byte mark, Bytes content) {
        return new Data(Bytes.wrap(ByteBuffer.allocate(1 + content.length())
                .put(mark)
                .put(content.sharedArray())
                .array()));
    }

    private static Fields readFields(WireInput in, String fields) throws MalformedMessageException {
        List<Value> values = new ArrayList<>(fields.length());
        for (int i = 0; i < fields.length(); i++) {
            values.add(
                    switch (fields.charAt(i)) {
                        case 'u' -> new Ulong(in.uint64());
                        case 'y' -> new Octet(in.octet());
                        default -> in.byteArray();
                    });
        }
        return new Fields(values);
    }

    void write(WireOutput out, RpcMechanism mechanism) {
        out.uint32(mechanism.type());
        if (mechanism.type() != RpcMechanism.NULL_MECHANISM) {
            Optional<String> fields = types.parameter(mechanism.type());
            switch (dialect.mechanisms()) {
                case OLD -> writeParameter(out, mechanism, fields);
                case NEW -> writeNew(out, mechanism, fields);
                case STRUCTURED, FLAT -> throw notP11Kits();
            }
        }
    }

    private static AssertionError notP11Kits() {
        return new AssertionError("structures are not written by p11-kit's codec");
    }

    private void writeNew(WireOutput out, RpcMechanism mechanism, Optional<String> fields) {
        if (fields.isPresent() && fields.get().equals(NO_FIELDS)) {
            return;
        }
        if (mechanism.parameter() instanceof NoParameter) {
            out.octet(0);
        } else {
            out.octet(1);
            writeParameter(out, mechanism, fields);
        }
    }

    private void writeParameter(WireOutput out, RpcMechanism mechanism, Optional<String> fields) {
        if (mechanism.parameter() instanceof Fields typed) {
            writeFields(out, typed, fields.orElse(NO_FIELDS));
        } else if (fields.isPresent() && !fields.get().equals(NO_FIELDS)) {
            throw new IllegalArgumentException("mechanism 0x" + Long.toHexString(mechanism.type())
                    + " wants its parameter in fields in this version of the protocol");
        } else {
            out.byteArray(content(mechanism.parameter()));
        }
    }

    private static void writeFields(WireOutput out, Fields typed, String fields) {
        if (typed.values().size() != fields.length()) {
            throw new IllegalArgumentException("the parameter has " + fields.length() + " fields, not "
                    + typed.values().size());
        }
        for (int i = 0; i < fields.length(); i++) {
            Value value = typed.values().get(i);
            switch (fields.charAt(i)) {
                case 'u' -> out.uint64(((Ulong) value).value());
                case 'y' -> out.octet(((Octet) value).value());
                default -> out.byteArray(value);
            }
        }
    }

    /** Reads what a derivation changed in its mechanism. */
    ParameterUpdate readUpdate(WireInput in, RpcMechanism mechanism) throws MalformedMessageException {
        if (types.parameter(mechanism.type()).equals(Optional.of(NO_FIELDS))) {
            return ParameterUpdate.NONE;
        }
        return in.octet() == 0 ? ParameterUpdate.ABSENT : ParameterUpdate.UNCHANGED;
    }

    static void write(WireOutput out, ParameterUpdate update) {
        switch (update) {
            case NONE -> {}
            case ABSENT -> out.octet(0);
            case UNCHANGED -> out.octet(1);
        }
    }
}
