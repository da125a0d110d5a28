package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.AttributeBuffer;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Unavailable;
import org.symbolon.remote.rpc.Argument.Value;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RecordedDialogue;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcFrame;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.remote.transport.Transport;
import org.symbolon.transport.CallWatch;

/**
 * A server of p11-kit that was recorded. A request like one in its dialogue gets the reply that was recorded, byte for byte;
 * buffers may be of other sizes, and sessions may write. What the recorded program did not ask is answered by a {@link ScriptedModule}, attributes from
 * what the dialogue and the test tell of its only object.
 */
final class RecordedServer implements Endpoint {
    private static final long TYPE_INVALID = 0x12; // CKR_ATTRIBUTE_TYPE_INVALID

    private final RecordedDialogue dialogue;
    private final RpcCodec codec;
    private final boolean negotiates;
    private final ScriptedModule otherwise = new ScriptedModule();
    private final Map<Long, Value> attributes = new HashMap<>();
    private final List<RpcCall> replayed = new ArrayList<>();
    private final List<Bytes> requests = new ArrayList<>();
    private boolean found;

    /** Makes the server of a dialogue; one that does not negotiate hangs up on any version but 0. */
    RecordedServer(RecordedDialogue dialogue, boolean negotiates) {
        this.dialogue = dialogue;
        this.codec = new RpcCodec(dialogue.dialect());
        this.negotiates = negotiates;
    }

    /** Tells an attribute of the object that the recorded program did not ask for. */
    RecordedServer with(Attribute<?> attribute, Value value) {
        attributes.put(attribute.code(), value);
        return this;
    }

    /** The calls that got a recorded reply. */
    List<RpcCall> replayed() {
        return List.copyOf(replayed);
    }

    /** The bodies of all requests. */
    List<Bytes> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Transport connect(CallWatch watch, Deadline deadline) {
        return new ImmediateConnection(
                offered -> negotiates || offered == 0 ? Math.min(offered, dialogue.answered()) : -1,
                frame -> new RpcFrame(
                        frame.code(),
                        Bytes.empty(),
                        Bytes.wrap(answer(frame.body().sharedArray()))));
    }

    @Override
    public String toString() {
        return "the recorded server of " + dialogue;
    }

    private byte[] answer(byte[] body) throws MalformedMessageException {
        RpcCodec.Decoded decoded = codec.decodeRequest(body);
        if (decoded.bytesLeft() != 0) {
            throw new AssertionError("bytes are left of " + decoded.message());
        }
        requests.add(Bytes.wrap(body.clone()));
        RpcMessage request = decoded.message();
        if (request.call() == RpcCall.GET_ATTRIBUTE_VALUE) {
            return codec.encodeReply(attributes((BufferList) request.get(2)));
        }
        for (RecordedDialogue.Exchange exchange : dialogue.exchanges()) {
            RpcMessage recorded =
                    codec.decodeRequest(exchange.request().sharedArray()).message();
            if (isLike(recorded, request)) {
                replayed.add(request.call());
                return reply(request, exchange, recorded);
            }
        }
        return codec.encodeReply(otherwise.answer(request));
    }

    /** A search has one result, once. */
    private byte[] reply(RpcMessage request, RecordedDialogue.Exchange exchange, RpcMessage recorded) {
        if (request.call() == RpcCall.FIND_OBJECTS_INIT) {
            found = false;
            ((AttributeList) recorded.get(1))
                    .attributes()
                    .forEach(attribute -> attributes.put(attribute.type(), attribute.value()));
        } else if (request.call() == RpcCall.FIND_OBJECTS) {
            if (found) {
                return codec.encodeReply(RpcMessage.of(RpcCall.FIND_OBJECTS, new Ulongs(List.of())));
            }
            found = true;
        }
        return exchange.reply().toByteArray();
    }

    private static boolean isLike(RpcMessage recorded, RpcMessage request) {
        if (recorded.call() != request.call()) {
            return false;
        }
        for (int i = 0; i < request.arguments().size(); i++) {
            Argument theirs = recorded.get(i);
            Argument ours = request.get(i);
            if (!isLike(theirs, ours) && !(request.call() == RpcCall.OPEN_SESSION && i == 1)) {
                return false;
            }
        }
        return true;
    }

    /** Buffers may differ in size, templates may say more, and it may or may not be only slots with tokens that are listed. */
    private static boolean isLike(Argument theirs, Argument ours) {
        if (theirs instanceof AttributeList list) {
            return ((AttributeList) ours).attributes().containsAll(list.attributes());
        }
        if (theirs instanceof Buffer buffer) {
            return buffer.capacity() != 0 && ((Buffer) ours).capacity() != 0;
        }
        return theirs instanceof Octet || theirs.equals(ours);
    }

    private RpcMessage attributes(BufferList wanted) {
        List<RpcAttribute> values = new ArrayList<>();
        long returnValue = 0;
        for (AttributeBuffer buffer : wanted.buffers()) {
            Optional<Value> known = Optional.ofNullable(attributes.get(buffer.type()));
            returnValue = known.isPresent() ? returnValue : TYPE_INVALID;
            values.add(new RpcAttribute(
                    buffer.type(),
                    known.map(RecordedServer::nativeLength).orElse(0L),
                    known.orElse(new Unavailable())));
        }
        return RpcMessage.of(RpcCall.GET_ATTRIBUTE_VALUE, new AttributeList(values), new Ulong(returnValue));
    }

    private static long nativeLength(Value value) {
        return value instanceof Argument.Data data ? data.bytes().length() : value instanceof Ulong ? Long.BYTES : 1;
    }
}
