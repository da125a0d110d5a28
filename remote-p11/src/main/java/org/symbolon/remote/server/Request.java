package org.symbolon.remote.server;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.Pin;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.rpc.SecretAttributes;

/** The arguments of a request, as PKCS #11's functions take them. Not of the wire any more, once they are read from here. */
record Request(RpcMessage message) {
    private static final int LABEL_BYTES = 32;

    RpcCall call() {
        return message.call();
    }

    long ulong(int index) {
        return message.ulong(index);
    }

    int octet(int index) {
        return ((Octet) message.get(index)).value();
    }

    /** Returns bytes; NULL is no bytes. */
    byte[] bytes(int index) {
        return message.get(index) instanceof Data data ? data.bytes().sharedArray() : new byte[0];
    }

    /** Returns the room in the caller's buffer; empty if only the length is asked for. */
    OptionalInt capacity(int index) {
        long capacity = ((Buffer) message.get(index)).capacity();
        if (capacity == 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(capacity == Buffer.EMPTY_BUFFER ? 0 : (int) Math.min(capacity, Integer.MAX_VALUE));
    }

    Mechanism mechanism(int index) throws TokenException {
        return mechanismIfAny(index)
                .orElseThrow(() -> Refusal.of("CKR_ARGUMENTS_BAD", call().function() + " wants a mechanism"));
    }

    Optional<Mechanism> mechanismIfAny(int index) throws TokenException {
        return RequestedMechanism.ifAny((RpcMechanism) message.get(index));
    }

    Template template(int index) throws TokenException {
        return RequestedAttributes.template((AttributeList) message.get(index));
    }

    List<AttributeBuffer> buffers(int index) {
        return ((BufferList) message.get(index))
                .buffers().stream()
                        .map(buffer -> new AttributeBuffer(
                                Attribute.of(buffer.type()),
                                buffer.capacity() == 0
                                        ? OptionalInt.empty()
                                        : OptionalInt.of((int) Math.min(buffer.capacity(), Integer.MAX_VALUE))))
                        .toList();
    }

    /** Returns a PIN, to be closed; empty for NULL. One that is too long for any token is refused by this return value. */
    Optional<Pin> pin(int index, String tooLong) throws TokenException {
        if (!(message.get(index) instanceof Data data)) {
            return Optional.empty();
        }
        if (data.bytes().length() > Pin.MAX_BYTES) {
            throw Refusal.of(tooLong, "a PIN has at most " + Pin.MAX_BYTES + " bytes");
        }
        return Optional.of(Pin.ofUtf8(data.bytes().sharedArray()));
    }

    /** Returns a token's label: at most 32 bytes, since old clients send what lies behind it in their memory too. */
    String label(int index) {
        byte[] bytes = message.text(index).sharedArray();
        return AttributeType.STRING.decode(Bytes.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, LABEL_BYTES))));
    }

    /** Zeroes the bytes that came with the request: PINs, data and the secret parts of keys. */
    void wipe() {
        for (Argument argument : message.arguments()) {
            if (argument instanceof Data data) {
                Arrays.fill(data.bytes().sharedArray(), (byte) 0);
            } else if (argument instanceof AttributeList list) {
                list.attributes().forEach(Request::wipe);
            }
        }
    }

    private static void wipe(RpcAttribute attribute) {
        if (attribute.value() instanceof Data data && SecretAttributes.contains(Attribute.of(attribute.type()))) {
            Arrays.fill(data.bytes().sharedArray(), (byte) 0);
        }
    }
}
