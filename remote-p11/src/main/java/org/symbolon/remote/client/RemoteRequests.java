package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.Operation;
import org.symbolon.Role;
import org.symbolon.SecretKeyObject;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.remote.client.ConnectionPool.Repeat;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;

/** Serves each request of a session by the calls of PKCS #11. Thread-safe. */
final class RemoteRequests implements RequestHandler {
    private final SessionAccess access;

    RemoteRequests(SessionAccess access) {
        this.access = access;
    }

    private <R> R serve(Request<?> request, CallOptions options, SessionAccess.ObjectWork<R> work)
            throws TokenException {
        return access.serve(request, true, options.deadline(), work);
    }

    // ---- objects

    @Override
    public ObjectCursor find(Request.Find request, CallOptions options) throws TokenException {
        Attributes query = answerable(request.query().attributes());
        List<RemoteCursor.Found> found = new ArrayList<>();
        try {
            find(query, request.query().limit(), options.deadline(), found);
        } catch (TokenException e) {
            found.forEach(RemoteCursor.Found::end);
            throw e;
        }
        return new RemoteCursor(
                access, query, request.wanted(), options.deadline().remaining(), found);
    }

    private void find(Attributes query, long limit, Deadline deadline, List<RemoteCursor.Found> found)
            throws TokenException {
        Optional<SessionObjectId> one = query.find(Attribute.UNIQUE_ID).flatMap(SessionObjectId::parse);
        if (one.isPresent()) {
            ConnectionPool pool = access.scope().of(List.of(one.get()), access.role());
            Attributes rest = query.without(Attribute.UNIQUE_ID).with(Attribute.TOKEN, false);
            found.add(find(pool, rest, Long.MAX_VALUE, Optional.of(one.get().handle()), deadline));
        } else {
            ConnectionPool own = access.scope().find(access.role()).orElse(access.pool());
            found.add(find(own, query, limit, Optional.empty(), deadline));
            long left = limit - found.get(0).handles().size();
            Optional<ConnectionPool> anyones = access.scope().find(Role.PUBLIC);
            if (access.role() != Role.PUBLIC && anyones.isPresent() && left > 0 && !query.isTrue(Attribute.TOKEN)) {
                Attributes inSession = query.with(Attribute.TOKEN, false);
                found.add(find(anyones.get(), inSession, left, Optional.empty(), deadline));
            }
        }
    }

    /** Data objects have no CKA_ID: to ask for an empty one is to ask for nothing. */
    private static Attributes answerable(Attributes query) {
        boolean data = query.find(Attribute.CLASS).equals(Optional.of(ObjectClass.DATA));
        boolean emptyId = query.find(Attribute.ID).equals(Optional.of(Bytes.empty()));
        return data && emptyId ? query.without(Attribute.ID) : query;
    }

    private RemoteCursor.Found find(
            ConnectionPool pool, Attributes query, long limit, Optional<Long> only, Deadline deadline)
            throws TokenException {
        return pool.call(deadline, Repeat.ALWAYS, connection -> {
            List<Long> handles = new SessionObjects(access, connection, deadline).find(query, limit);
            return new RemoteCursor.Found(
                    pool,
                    connection,
                    only.isEmpty()
                            ? handles
                            : handles.stream().filter(only.get()::equals).toList());
        });
    }

    @Override
    public Attributes getAttributes(Request.GetAttributes request, CallOptions options) throws TokenException {
        return serve(request, options, objects -> objects.getAttributes(request));
    }

    @Override
    public TokenObject setAttributes(Request.SetAttributes request, CallOptions options) throws TokenException {
        return serve(request, options, objects -> objects.setAttributes(request));
    }

    @Override
    public TokenObject create(Request.Create request, CallOptions options) throws TokenException {
        return serve(request, options, objects -> objects.create(request));
    }

    @Override
    public TokenObject copy(Request.Copy request, CallOptions options) throws TokenException {
        return serve(request, options, objects -> objects.copy(request));
    }

    @Override
    public Done destroy(Request.Destroy request, CallOptions options) throws TokenException {
        return serve(request, options, objects -> objects.destroy(request));
    }

    @Override
    public SecretKeyObject generateKey(Request.GenerateKey request, CallOptions options) throws TokenException {
        return serve(request, options, objects -> objects.generateKey(request));
    }

    @Override
    public KeyPairObject generateKeyPair(Request.GenerateKeyPair request, CallOptions options) throws TokenException {
        return serve(request, options, objects -> objects.generateKeyPair(request));
    }

    @Override
    public KeyObject deriveKey(Request.DeriveKey request, CallOptions options) throws TokenException {
        return SessionObjects.as(KeyObject.class, serve(request, options, objects -> objects.deriveKey(request)));
    }

    @Override
    public KeyObject unwrapKey(Request.UnwrapKey request, CallOptions options) throws TokenException {
        return SessionObjects.as(KeyObject.class, serve(request, options, objects -> objects.unwrapKey(request)));
    }

    // ---- keys

    /** What is done with a key. */
    @FunctionalInterface
    private interface KeyWork<R> {
        R with(SessionKeys keys) throws TokenException, ConnectionLostException;
    }

    /** Uses a key; with the PIN that some keys want each time, once only. */
    private <R> R use(Request<?> request, CallOptions options, KeyWork<R> work) throws TokenException {
        boolean repeatable = options.contextPin().isEmpty();
        return access.serve(
                request,
                repeatable,
                options.deadline(),
                objects -> work.with(new SessionKeys(objects.connection(), objects, options)));
    }

    @Override
    public byte[] wrapKey(Request.WrapKey request, CallOptions options) throws TokenException {
        return use(request, options, keys -> keys.wrap(request));
    }

    @Override
    public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
        return use(request, options, keys -> keys.perform(keys.operation(request)));
    }

    @Override
    public Boolean verify(Request.Verify request, CallOptions options) throws TokenException {
        return use(request, options, keys -> keys.perform(keys.operation(request)));
    }

    @Override
    public byte[] encrypt(Request.Encrypt request, CallOptions options) throws TokenException {
        return use(request, options, keys -> keys.perform(keys.operation(request)));
    }

    @Override
    public byte[] decrypt(Request.Decrypt request, CallOptions options) throws TokenException {
        return use(request, options, keys -> keys.perform(keys.operation(request)));
    }

    @Override
    public byte[] digest(Request.Digest request, CallOptions options) throws TokenException {
        return use(request, options, keys -> keys.perform(keys.operation(request)));
    }

    /** Begins an operation whose data comes in parts. */
    Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        ConnectionPool pool = access.place(request);
        Stream stream = Stream.of(request);
        return access.serve(request, options.contextPin().isEmpty(), options.deadline(), objects -> {
            TokenConnection connection = objects.connection();
            SessionKeys keys = new SessionKeys(connection, objects, options);
            Optional<LocalHash> hash = stream.mayHashHere()
                    ? keys.localHash(
                            stream.begin().key().orElseThrow(), stream.begin().mechanism())
                    : Optional.empty();
            return connection.beginInSession(options.deadline(), session -> {
                keys.begin(
                        stream.begin().with(SessionKeys.onToken(stream.begin().mechanism(), hash)), session);
                OperationPlace place = new OperationPlace(
                        pool, connection, session, options.deadline().remaining());
                return hash.isPresent()
                        ? new HashingOperation(place, hash.get(), stream.steps().verifies())
                        : new RemoteOperation(place, stream.steps());
            });
        });
    }

    // ---- the token

    @Override
    public byte[] generateRandom(Request.GenerateRandom request, CallOptions options) throws TokenException {
        if (request.length() == 0) {
            return new byte[0];
        }
        return serve(
                request,
                options,
                objects -> TokenConnection.content(objects.connection()
                        .call(
                                options.deadline(),
                                RpcCall.GENERATE_RANDOM,
                                new Ulong(objects.connection().home()),
                                new Buffer(request.length()))
                        .get(0)));
    }

    @Override
    public Done seedRandom(Request.SeedRandom request, CallOptions options) throws TokenException {
        return serve(request, options, objects -> {
            objects.connection()
                    .call(
                            options.deadline(),
                            RpcCall.SEED_RANDOM,
                            new Ulong(objects.connection().home()),
                            new Data(request.seed()));
            return Done.DONE;
        });
    }

    @Override
    public Done initPin(Request.InitPin request, CallOptions options) throws TokenException {
        byte[] pin = request.newPin().toUtf8();
        try {
            return serve(request, options, objects -> {
                objects.connection()
                        .call(
                                options.deadline(),
                                RpcCall.INIT_PIN,
                                new Ulong(objects.connection().home()),
                                new Data(Bytes.wrap(pin)));
                return Done.DONE;
            });
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    @Override
    public Done setPin(Request.SetPin request, CallOptions options) throws TokenException {
        byte[] oldPin = request.oldPin().toUtf8();
        byte[] newPin = request.newPin().toUtf8();
        try {
            serve(
                    request,
                    options,
                    objects -> objects.connection()
                            .call(
                                    options.deadline(),
                                    RpcCall.SET_PIN,
                                    new Ulong(objects.connection().home()),
                                    new Data(Bytes.wrap(oldPin)),
                                    new Data(Bytes.wrap(newPin))));
        } finally {
            Arrays.fill(oldPin, (byte) 0);
            Arrays.fill(newPin, (byte) 0);
        }
        if (access.pool().credential().logsIn()) {
            access.token().module().pools().changePin(access.pool(), request.newPin());
        }
        return Done.DONE;
    }
}
