package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Change;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.KeyPairObject;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Outcome;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.Role;
import org.symbolon.SecretKeyObject;
import org.symbolon.StandardAttributes;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.key.PublicKeys;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.remote.rpc.SecretAttributes;
import org.symbolon.spi.Request;

/** Makes, reads, changes and destroys objects, on one connection for one session. */
final class SessionObjects {
    private static final Logger LOG = LoggerFactory.getLogger(SessionObjects.class);

    private final SessionAccess access;
    private final TokenConnection connection;
    private final ObjectReader reader;
    private final HandleLookup lookup;
    private final Deadline deadline;

    SessionObjects(SessionAccess access, TokenConnection connection, Deadline deadline) {
        this.access = access;
        this.connection = connection;
        this.reader = access.reader(connection);
        this.lookup = new HandleLookup(connection, reader);
        this.deadline = deadline;
    }

    long handle(TokenObject object) throws TokenException, ConnectionLostException {
        return lookup.handle(object, deadline);
    }

    /** Looks up in one flight what handles objects have. */
    void lookUpAll(List<TokenObject> objects) throws TokenException, ConnectionLostException {
        lookup.lookUpAll(objects, deadline);
    }

    SessionAccess access() {
        return access;
    }

    TokenConnection connection() {
        return connection;
    }

    ObjectReader reader() {
        return reader;
    }

    Attributes getAttributes(Request.GetAttributes request) throws TokenException, ConnectionLostException {
        return wanted(request, reader.attributes(handle(request.target()), request.wanted(), deadline));
    }

    static Attributes wanted(Request.GetAttributes request, Attributes read) {
        return request.wanted().contains(Attribute.CLASS) ? read : read.without(Attribute.CLASS);
    }

    TokenObject create(Request.Create request) throws TokenException, ConnectionLostException {
        return made(connection.exchange(List.of(call(request)), deadline).get(0));
    }

    /** Returns the call that creates an object. */
    RpcMessage call(Request.Create request) throws TokenException {
        return RpcMessage.of(
                RpcCall.CREATE_OBJECT,
                new Ulong(connection.home()),
                connection.attributes().toWire(visible(request.template())));
    }

    /** What a session without login makes is public: it could be nothing else, and many tokens would refuse to guess. */
    private Template visible(Template template) {
        return access.role() == Role.PUBLIC ? template.orElse(Attribute.PRIVATE, false) : template;
    }

    TokenObject copy(Request.Copy request) throws TokenException, ConnectionLostException {
        return made(connection.call(
                deadline,
                RpcCall.COPY_OBJECT,
                new Ulong(connection.home()),
                new Ulong(handle(request.source())),
                connection.attributes().toWire(request.template())));
    }

    Done destroy(Request.Destroy request) throws TokenException, ConnectionLostException {
        return destroyed(
                request, connection.exchange(List.of(call(request)), deadline).get(0));
    }

    /** Returns the call that destroys an object. */
    RpcMessage call(Request.Destroy request) throws TokenException, ConnectionLostException {
        return RpcMessage.of(RpcCall.DESTROY_OBJECT, new Ulong(connection.home()), new Ulong(handle(request.target())));
    }

    Done destroyed(Request.Destroy request, RpcMessage reply) throws TokenException {
        Failures.check(reply);
        access.changed(Change.Kind.DESTROYED, request.target().id());
        return Done.DONE;
    }

    TokenObject setAttributes(Request.SetAttributes request) throws TokenException, ConnectionLostException {
        long handle = handle(request.target());
        connection.call(
                deadline,
                RpcCall.SET_ATTRIBUTE_VALUE,
                new Ulong(connection.home()),
                new Ulong(handle),
                connection.attributes().toWire(request.template()));
        TokenObject changed = readDone(handle);
        access.changed(Change.Kind.MODIFIED, request.target().id());
        if (!changed.id().equals(request.target().id())) {
            access.changed(Change.Kind.CREATED, changed.id());
        }
        return changed;
    }

    SecretKeyObject generateKey(Request.GenerateKey request) throws TokenException, ConnectionLostException {
        RpcMessage reply = connection.call(
                deadline,
                RpcCall.GENERATE_KEY,
                new Ulong(connection.home()),
                connection.mechanisms().toWire(request.generator(), this::handle),
                connection.attributes().toWire(request.template()));
        return as(SecretKeyObject.class, made(reply));
    }

    KeyPairObject generateKeyPair(Request.GenerateKeyPair request) throws TokenException, ConnectionLostException {
        RpcMessage reply = connection.call(
                deadline,
                RpcCall.GENERATE_KEY_PAIR,
                new Ulong(connection.home()),
                connection.mechanisms().toWire(request.generator(), this::handle),
                connection.attributes().toWire(request.publicTemplate()),
                connection.attributes().toWire(secret(request.privateTemplate())));
        List<TokenObject> halves = readDone(List.of(reply.ulong(0), reply.ulong(1)));
        if (halves.size() != 2) {
            throw new TokenOperationException(
                    Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "a half of the new pair is gone already");
        }
        PublicKeyObject publicKey = as(PublicKeyObject.class, halves.get(0));
        PrivateKeyObject privateKey = withPublicKey(as(PrivateKeyObject.class, halves.get(1)), publicKey);
        access.changed(Change.Kind.CREATED, publicKey.id());
        access.changed(Change.Kind.CREATED, privateKey.id());
        return new KeyPairObject(publicKey, privateKey);
    }

    /** What nobody spoke of is secret: the defaults of tokens differ, and some let private keys out. */
    private static Template secret(Template template) {
        return template.attributes().has(Attribute.EXTRACTABLE)
                        || template.attributes().has(Attribute.SENSITIVE)
                ? template
                : template.with(Attribute.SENSITIVE, true).with(Attribute.EXTRACTABLE, false);
    }

    /** Gives the private half what it needs to be used as a Java key: many tokens keep the public point elsewhere. */
    private static PrivateKeyObject withPublicKey(PrivateKeyObject privateKey, PublicKeyObject publicKey) {
        if (privateKey
                .attributes()
                .find(Attribute.PUBLIC_KEY_INFO)
                .filter(info -> !info.isEmpty())
                .isPresent()) {
            return privateKey;
        }
        return PublicKeys.subjectPublicKeyInfo(publicKey.attributes())
                .map(info -> new PrivateKeyObject(
                        privateKey.id(),
                        privateKey.attributes().with(Attribute.PUBLIC_KEY_INFO, info),
                        privateKey.verified()))
                .orElse(privateKey);
    }

    TokenObject deriveKey(Request.DeriveKey request) throws TokenException, ConnectionLostException {
        boolean newest = connection.dialect().version() >= 2;
        RpcMessage reply = connection.call(
                deadline,
                newest ? RpcCall.DERIVE_KEY_2 : RpcCall.DERIVE_KEY,
                new Ulong(connection.home()),
                connection.mechanisms().toWire(request.algorithm(), this::handle),
                new Ulong(handle(request.key())),
                connection.attributes().toWire(request.template()));
        if (newest && reply.ulong(0) != 0) {
            throw Failures.of(reply.ulong(0));
        }
        return made(reply.ulong(newest ? 2 : 0));
    }

    TokenObject unwrapKey(Request.UnwrapKey request) throws TokenException, ConnectionLostException {
        return made(connection.call(
                deadline,
                RpcCall.UNWRAP_KEY,
                new Ulong(connection.home()),
                connection.mechanisms().toWire(request.algorithm(), this::handle),
                new Ulong(handle(request.key())),
                new Argument.Data(request.wrapped()),
                connection.attributes().toWire(request.template())));
    }

    private TokenObject made(RpcMessage reply) throws TokenException, ConnectionLostException {
        return made(TokenConnection.handle(reply));
    }

    /** Reads new objects, in one flight if all are there. Throws nothing: they are made, and nobody is to make them again. */
    List<Outcome<?>> made(List<Long> handles) {
        List<TokenObject> read = readTogether(handles);
        if (read.size() < handles.size()) {
            return handles.stream().<Outcome<?>>map(this::madeAlone).toList();
        }
        read.forEach(object -> access.changed(Change.Kind.CREATED, object.id()));
        return read.stream().<Outcome<?>>map(Outcome::success).toList();
    }

    private List<TokenObject> readTogether(List<Long> handles) {
        try {
            return readDone(handles);
        } catch (TokenException | ConnectionLostException e) {
            LOG.debug("{} new objects are read one by one: {}", handles.size(), e.getMessage());
            return List.of();
        }
    }

    private Outcome<?> madeAlone(long handle) {
        try {
            return Outcome.success(made(handle));
        } catch (TokenException e) {
            return Outcome.failure(e);
        } catch (ConnectionLostException e) {
            return Outcome.failure(unread(e.toTokenException()));
        }
    }

    private TokenObject made(long handle) throws TokenException, ConnectionLostException {
        TokenObject object = readDone(handle);
        access.changed(Change.Kind.CREATED, object.id());
        return object;
    }

    private TokenObject readDone(long handle) throws TokenException, ConnectionLostException {
        List<TokenObject> objects = readDone(List.of(handle));
        if (objects.isEmpty()) {
            throw new TokenOperationException(
                    Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "the new object is gone already");
        }
        return objects.get(0);
    }

    /** Reads what a call made or changed; fails with no status for which the call would be made again. */
    private List<TokenObject> readDone(List<Long> handles) throws TokenException, ConnectionLostException {
        try {
            return reader.read(handles, StandardAttributes.OF_EVERY_OBJECT, deadline);
        } catch (TokenException e) {
            throw unread(e);
        }
    }

    private static TokenOperationException unread(TokenException e) {
        return new TokenOperationException(
                Status.ckr("CKR_FUNCTION_FAILED"),
                "the object was made or changed, but cannot be read; look for it before it is made again: "
                        + e.getMessage(),
                e);
    }

    static <T extends TokenObject> T as(Class<T> type, TokenObject object) throws TokenException {
        if (!type.isInstance(object)) {
            ObjectClass made = object.objectClass();
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the token made an object of class " + made);
        }
        return type.cast(object);
    }

    /** Finds handles; what a query says that no object can have at this peer is left out. */
    List<Long> find(Attributes query, long limit) throws TokenException, ConnectionLostException {
        return lookup.find(query, limit, deadline);
    }

    /** Reads objects that were found, and leaves out those whose secrets a query guessed. */
    List<TokenObject> read(List<Long> handles, Attributes query, Set<Attribute<?>> wanted)
            throws TokenException, ConnectionLostException {
        List<Attribute<?>> guessed =
                query.present().stream().filter(SecretAttributes::contains).toList();
        List<Attribute<?>> all = new ArrayList<>(wanted);
        all.addAll(guessed);
        List<TokenObject> objects = new ArrayList<>();
        for (TokenObject object : reader.read(handles, all, deadline)) {
            if (guessed.stream().allMatch(object.attributes()::has)) {
                objects.add(object);
            }
        }
        return objects;
    }

    /** Applies a function to a call that names objects; if a handle turns out stale, the object is looked up once more. */
    <R> R withFreshHandles(Request<?> request, ConnectionPool.Work<R> work)
            throws TokenException, ConnectionLostException {
        try {
            return work.on(connection);
        } catch (ObjectNotFoundException e) {
            boolean stale = false;
            for (TokenObject object : SessionAccess.objects(request)) {
                stale |= connection.forget(object.id());
            }
            if (!stale) {
                throw e;
            }
            return work.on(connection);
        }
    }
}
