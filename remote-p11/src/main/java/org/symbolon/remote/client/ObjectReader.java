package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/** Reads objects on one connection. */
final class ObjectReader {
    /** What an object's id is made of, and what tells data objects apart that share a label. */
    private static final Set<Attribute<?>> IDENTITY = Set.of(
            Attribute.CLASS,
            Attribute.LABEL,
            Attribute.ID,
            Attribute.TOKEN,
            Attribute.UNIQUE_ID,
            Attribute.APPLICATION,
            Attribute.OBJECT_ID);

    private static final Set<String> PARTLY =
            Set.of("CKR_OK", "CKR_ATTRIBUTE_SENSITIVE", "CKR_ATTRIBUTE_TYPE_INVALID", "CKR_BUFFER_TOO_SMALL");
    private static final int RETURN_VALUE = 1;

    private final TokenConnection connection;
    private final String serialNumber;
    private final boolean verified;

    ObjectReader(TokenConnection connection, String serialNumber, boolean verified) {
        this.connection = connection;
        this.serialNumber = serialNumber;
        this.verified = verified;
    }

    /** Reads objects in one flight; those that have gone meanwhile are left out. */
    List<TokenObject> read(List<Long> handles, Collection<Attribute<?>> wanted, Deadline deadline)
            throws TokenException, ConnectionLostException {
        Set<Attribute<?>> all = new TreeSet<>(wanted);
        all.addAll(IDENTITY);
        List<TokenObject> objects = new ArrayList<>(handles.size());
        List<Optional<Attributes>> read = attributes(handles, all, deadline);
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).isPresent() && read.get(i).get().has(Attribute.CLASS)) {
                objects.add(object(handles.get(i), read.get(i).get()));
            }
        }
        return objects;
    }

    private TokenObject object(long handle, Attributes attributes) {
        return TokenObject.of(id(handle, attributes), attributes, verified);
    }

    private ObjectId id(long handle, Attributes attributes) {
        if (attributes.find(Attribute.TOKEN).equals(Optional.of(false))) {
            return new ObjectId.Unique(serialNumber, new SessionObjectId(connection.id(), handle).uniqueId());
        }
        Optional<String> unique = attributes.find(Attribute.UNIQUE_ID).filter(id -> !id.isEmpty());
        if (unique.isPresent()) {
            return new ObjectId.Unique(serialNumber, unique.get());
        }
        return new ObjectId.Described(
                serialNumber,
                attributes.get(Attribute.CLASS),
                attributes.find(Attribute.ID).orElse(Bytes.empty()),
                attributes.find(Attribute.LABEL).orElse(""));
    }

    /** Reads attributes of one object; those that it does not have are left out. */
    Attributes attributes(long handle, Collection<Attribute<?>> wanted, Deadline deadline)
            throws TokenException, ConnectionLostException {
        BufferList buffers = buffers(wanted);
        RpcMessage reply =
                connection.exchange(List.of(request(handle, buffers)), deadline).get(0);
        return present(handle, reply, buffers, deadline);
    }

    /** Returns the attributes of an object that is there, from the reply to a call that reads them. */
    Attributes present(long handle, RpcMessage reply, BufferList asked, Deadline deadline)
            throws TokenException, ConnectionLostException {
        return attributes(handle, reply, asked, deadline)
                .orElseThrow(() -> Failures.of(Status.ckr("CKR_OBJECT_HANDLE_INVALID"), ""));
    }

    /** Reads the same attributes of several objects in one flight; empty for an object that is not there. */
    List<Optional<Attributes>> attributes(List<Long> handles, Collection<Attribute<?>> wanted, Deadline deadline)
            throws TokenException, ConnectionLostException {
        BufferList buffers = buffers(wanted);
        List<RpcMessage> replies = connection.exchange(
                handles.stream().map(handle -> request(handle, buffers)).toList(), deadline);
        List<Optional<Attributes>> read = new ArrayList<>(handles.size());
        for (int i = 0; i < replies.size(); i++) {
            read.add(attributes(handles.get(i), replies.get(i), buffers, deadline));
        }
        return read;
    }

    /** Returns buffers for what can be read of these attributes. */
    BufferList buffers(Collection<Attribute<?>> wanted) {
        WireAttributes wire = connection.attributes();
        Set<Attribute<?>> readable = new TreeSet<>(wanted);
        readable.removeIf(attribute -> !wire.isReadable(attribute));
        readable.add(Attribute.CLASS); // a call without attributes is an error
        return wire.buffers(readable);
    }

    /** Returns the call that reads attributes of an object. */
    RpcMessage request(long handle, BufferList buffers) {
        return RpcMessage.of(RpcCall.GET_ATTRIBUTE_VALUE, new Ulong(connection.home()), new Ulong(handle), buffers);
    }

    /** Returns the attributes that a reply to such a call has, asking once more if they need more room. */
    Optional<Attributes> attributes(long handle, RpcMessage reply, BufferList asked, Deadline deadline)
            throws TokenException, ConnectionLostException {
        int wanted = asked.buffers().size();
        if (Failures.is(reply, "CKR_OBJECT_HANDLE_INVALID")) {
            return Optional.empty();
        }
        Failures.check(reply);
        AttributeList list = (AttributeList) reply.get(0);
        if (list.attributes().size() != wanted) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"),
                    wanted + " attributes were asked for, " + list.attributes().size() + " came");
        }
        String status = Status.ckr(reply.ulong(RETURN_VALUE)).name();
        if (!PARTLY.contains(status)) {
            throw Failures.of(reply.ulong(RETURN_VALUE));
        }
        if (status.equals("CKR_BUFFER_TOO_SMALL")) {
            Optional<BufferList> larger = connection.attributes().largerBuffers(list);
            if (larger.isPresent()) {
                RpcMessage again = connection
                        .exchange(List.of(request(handle, larger.get())), deadline)
                        .get(0);
                Failures.check(again);
                list = (AttributeList) again.get(0);
                status = Status.ckr(again.ulong(RETURN_VALUE)).name();
            }
        }
        return Optional.of(connection.attributes().fromWire(list, status.equals("CKR_ATTRIBUTE_SENSITIVE")));
    }
}
