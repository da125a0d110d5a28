package org.symbolon.remote.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.AttributeBuffer;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.UlongCount;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * What stands for what, between a recorded server and ours: slots, sessions, objects, lengths and bytes that the server gave, as
 * the recorded client used them later on.
 */
final class RecordedHandles {
    private enum Kind {
        SLOT,
        SESSION,
        OBJECT
    }

    private record Handle(Kind kind, long recorded) {}

    private record Value(long object, long attribute, long recordedLength) {}

    private final Map<Handle, Long> handles = new HashMap<>();
    private final Map<RpcCall, Long> counts = new HashMap<>();
    private final Map<Value, Long> lengths = new HashMap<>();
    private final Map<Bytes, Bytes> outputs = new HashMap<>();

    /** Returns a recorded request as the same program would make it of our server. */
    RpcMessage ours(RpcMessage recorded) {
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < recorded.arguments().size(); i++) {
            arguments.add(ours(recorded, i));
        }
        return new RpcMessage(recorded.call(), arguments);
    }

    private Argument ours(RpcMessage request, int index) {
        Argument argument = request.get(index);
        if (argument instanceof Ulong number) {
            return new Ulong(kind(request.call(), index)
                    .map(kind -> handles.getOrDefault(new Handle(kind, number.value()), number.value()))
                    .orElse(number.value()));
        }
        if (argument instanceof Data data) {
            return new Data(outputs.getOrDefault(data.bytes(), data.bytes()));
        }
        if (argument instanceof BufferList list) {
            return new BufferList(list.buffers().stream()
                    .map(buffer -> ours(request.ulong(1), buffer))
                    .toList());
        }
        if (argument instanceof Buffer buffer && buffer.capacity() > 0 && counts.containsKey(request.call())) {
            return new Buffer(Math.max(buffer.capacity(), counts.get(request.call())));
        }
        return argument;
    }

    private AttributeBuffer ours(long object, AttributeBuffer buffer) {
        Value value = new Value(object, buffer.type(), buffer.capacity());
        return new AttributeBuffer(buffer.type(), lengths.getOrDefault(value, buffer.capacity()), buffer.nested());
    }

    /** Which handle an argument is, if it is one. */
    private static Optional<Kind> kind(RpcCall call, int index) {
        return switch (call) {
            case GET_SLOT_INFO,
                    GET_TOKEN_INFO,
                    GET_MECHANISM_LIST,
                    GET_MECHANISM_INFO,
                    INIT_TOKEN,
                    INIT_TOKEN_2,
                    OPEN_SESSION,
                    CLOSE_ALL_SESSIONS -> index == 0 ? Optional.of(Kind.SLOT) : Optional.empty();
            case GET_SLOT_LIST, WAIT_FOR_SLOT_EVENT -> Optional.empty();
            case COPY_OBJECT, DESTROY_OBJECT, GET_OBJECT_SIZE, GET_ATTRIBUTE_VALUE, SET_ATTRIBUTE_VALUE, DIGEST_KEY ->
                index <= 1 ? sessionThenObject(index) : Optional.empty();
            case ENCRYPT_INIT,
                    DECRYPT_INIT,
                    SIGN_INIT,
                    VERIFY_INIT,
                    SIGN_RECOVER_INIT,
                    VERIFY_RECOVER_INIT,
                    MESSAGE_ENCRYPT_INIT,
                    MESSAGE_DECRYPT_INIT,
                    MESSAGE_SIGN_INIT,
                    MESSAGE_VERIFY_INIT,
                    WRAP_KEY,
                    UNWRAP_KEY,
                    DERIVE_KEY,
                    DERIVE_KEY_2 -> sessionThenObject(index);
            default -> index == 0 ? Optional.of(Kind.SESSION) : Optional.empty();
        };
    }

    private static Optional<Kind> sessionThenObject(int index) {
        return Optional.of(index == 0 ? Kind.SESSION : Kind.OBJECT);
    }

    /** Takes notice of what a recorded reply and ours gave. */
    void learn(RpcMessage request, RpcMessage recorded, RpcMessage given) {
        if (recorded.failure() != 0 || given.failure() != 0) {
            return;
        }
        switch (request.call()) {
            case GET_SLOT_LIST -> learnList(Kind.SLOT, recorded, given);
            case FIND_OBJECTS -> learnList(Kind.OBJECT, recorded, given);
            case GET_MECHANISM_LIST -> learnList(null, recorded, given);
            case OPEN_SESSION -> learn(Kind.SESSION, recorded, given, 0);
            case CREATE_OBJECT, COPY_OBJECT, GENERATE_KEY, UNWRAP_KEY, DERIVE_KEY ->
                learn(Kind.OBJECT, recorded, given, 0);
            case DERIVE_KEY_2 -> learn(Kind.OBJECT, recorded, given, 2);
            case GENERATE_KEY_PAIR -> {
                learn(Kind.OBJECT, recorded, given, 0);
                learn(Kind.OBJECT, recorded, given, 1);
            }
            case GET_ATTRIBUTE_VALUE -> learnLengths(request.ulong(1), recorded, given);
            default -> learnOutput(recorded, given);
        }
    }

    private void learn(Kind kind, RpcMessage recorded, RpcMessage given, int index) {
        handles.put(new Handle(kind, recorded.ulong(index)), given.ulong(index));
    }

    private void learnList(@org.jspecify.annotations.Nullable Kind kind, RpcMessage recorded, RpcMessage given) {
        if (given.get(0) instanceof UlongCount count) {
            counts.put(given.call(), count.count());
        } else if (kind != null && recorded.get(0) instanceof Ulongs theirs) {
            List<Long> ours = ((Ulongs) given.get(0)).values();
            for (int i = 0; i < Math.min(ours.size(), theirs.values().size()); i++) {
                handles.put(new Handle(kind, theirs.values().get(i)), ours.get(i));
            }
        }
    }

    private void learnLengths(long object, RpcMessage recorded, RpcMessage given) {
        List<RpcAttribute> theirs = ((AttributeList) recorded.get(0)).attributes();
        List<RpcAttribute> ours = ((AttributeList) given.get(0)).attributes();
        for (int i = 0; i < theirs.size(); i++) {
            lengths.put(
                    new Value(object, theirs.get(i).type(), theirs.get(i).nativeLength()),
                    ours.get(i).nativeLength());
        }
    }

    private void learnOutput(RpcMessage recorded, RpcMessage given) {
        if (!recorded.arguments().isEmpty()
                && recorded.get(0) instanceof Data theirs
                && given.get(0) instanceof Data ours
                && theirs.bytes().length() > 0) {
            outputs.put(theirs.bytes(), ours.bytes());
        }
    }
}
