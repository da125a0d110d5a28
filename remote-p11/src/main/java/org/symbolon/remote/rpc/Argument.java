package org.symbolon.remote.rpc;

import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.MechanismParameters;

/** An argument of a message, as it stands on the wire. Immutable. */
public sealed interface Argument {
    /** What an attribute or a field of a mechanism's parameter has, too. */
    sealed interface Value extends Argument {}

    /**
     * A byte or a boolean.
     *
     * @param value 0 to 255
     */
    record Octet(int value) implements Value {}

    /**
     * A CK_ULONG.
     *
     * @param value the number; all ones for CK_UNAVAILABLE_INFORMATION
     */
    record Ulong(long value) implements Value {}

    /**
     * A CK_VERSION.
     *
     * @param major 0 to 255
     * @param minor 0 to 255
     */
    record Version(int major, int minor) implements Argument {}

    /**
     * Text.
     *
     * @param bytes as the peer encoded it, with its padding
     */
    record Text(Bytes bytes) implements Argument {}

    /**
     * Bytes.
     *
     * @param bytes the bytes
     */
    record Data(Bytes bytes) implements Value {}

    /** Bytes that are a NULL pointer. */
    record NoData() implements Value {}

    /**
     * Only the length of bytes: in a reply the length that is needed.
     *
     * @param length in bytes
     */
    record DataLength(long length) implements Argument {}

    /**
     * A caller's buffer.
     *
     * @param capacity in bytes or numbers; 0 asks for the size, {@link #EMPTY_BUFFER} is a buffer of no bytes
     */
    record Buffer(long capacity) implements Argument {
        /** A buffer that is there and holds nothing; since protocol version 1. */
        public static final long EMPTY_BUFFER = 0xFFFF_FFFFL;
    }

    /**
     * Numbers.
     *
     * @param values the numbers
     */
    record Ulongs(List<Long> values) implements Value {
        public Ulongs {
            values = List.copyOf(values);
        }
    }

    /**
     * Only how many numbers there are.
     *
     * @param count how many
     */
    record UlongCount(long count) implements Argument {}

    /**
     * Attributes, of an object or of a template.
     *
     * @param attributes the attributes in their order
     */
    record AttributeList(List<RpcAttribute> attributes) implements Value {
        public AttributeList {
            attributes = List.copyOf(attributes);
        }
    }

    /** The value of an attribute that cannot be had: its length is CK_UNAVAILABLE_INFORMATION. */
    record Unavailable() implements Value {}

    /**
     * What attributes are wanted.
     *
     * @param buffers a buffer for each
     */
    record BufferList(List<AttributeBuffer> buffers) implements Argument {
        public BufferList {
            buffers = List.copyOf(buffers);
        }
    }

    /**
     * The buffer for an attribute.
     *
     * @param type the CKA_ number
     * @param capacity in bytes; 0 asks for the size
     * @param nested the buffers of a template's attributes, if they are given
     */
    record AttributeBuffer(long type, long capacity, java.util.Optional<BufferList> nested) {}

    /**
     * A mechanism.
     *
     * @param type the CKM_ number
     * @param parameter its parameter
     */
    record RpcMechanism(long type, Parameter parameter) implements Argument {
        /** The number that stands for a NULL mechanism, which ends an operation; since p11-kit 0.25.3. */
        public static final long NULL_MECHANISM = 0xFFFF_FFFFL;
    }

    /** The parameter of a mechanism. */
    sealed interface Parameter {}

    /** No parameter. */
    record NoParameter() implements Parameter {}

    /**
     * The parameter of a mechanism that the type table knows.
     *
     * @param values its fields in their order
     */
    record Fields(List<Value> values) implements Parameter {
        public Fields {
            values = List.copyOf(values);
        }
    }

    /**
     * The parameter of a mechanism that the type table does not know: the bytes of a native structure.
     *
     * @param bytes the bytes
     */
    record Raw(Bytes bytes) implements Parameter {}

    /**
     * The parameter of a mechanism that the type table does not know, between two ends of ours.
     *
     * @param parameters the parameter
     */
    record Typed(MechanismParameters parameters) implements Parameter {}

    /** What C_DeriveKey2 changed in the parameter of its mechanism. */
    enum ParameterUpdate implements Argument {
        /** The mechanism takes no parameter; nothing is on the wire. */
        NONE,
        /** The mechanism had no parameter. */
        ABSENT,
        /** The parameter stayed as it was. */
        UNCHANGED
    }
}
