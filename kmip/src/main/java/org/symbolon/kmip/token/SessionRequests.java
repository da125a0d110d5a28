package org.symbolon.kmip.token;

import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.Encapsulation;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.Operation;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretKeyObject;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;

/** Hands each request of a session to the server, or to the token in memory. */
final class SessionRequests implements RequestHandler {
    private final SessionAccess access;
    private final SessionObjects memory;
    private final ServerObjects objects;
    private final TogetherRequests together;
    private final ServerKeys keys;
    private final LocalKeys local;
    private final KeysOfKeys made;

    SessionRequests(SessionAccess access, KeyFacts facts) {
        this.access = access;
        this.memory = access.memory();
        this.objects = new ServerObjects(access);
        this.together = new TogetherRequests(objects);
        this.local = new LocalKeys(access);
        this.keys = new ServerKeys(access, local, facts);
        this.made = new KeysOfKeys(access, keys, local);
    }

    @Override
    public ObjectCursor find(Request.Find request, CallOptions options) throws TokenException {
        return objects.find(request, options.deadline());
    }

    @Override
    public Attributes getAttributes(Request.GetAttributes request, CallOptions options) throws TokenException {
        if (SessionObjects.isOne(request.target())) {
            return memory.outer(
                    memory.session(options.deadline()).getAttributes(memory.inner(request.target()), request.wanted()));
        }
        return objects.getAttributes(request, options.deadline());
    }

    @Override
    public TokenObject setAttributes(Request.SetAttributes request, CallOptions options) throws TokenException {
        if (SessionObjects.isOne(request.target())) {
            return memory.outer(memory.session(options.deadline())
                    .setAttributes(memory.inner(request.target()), request.template()));
        }
        return objects.setAttributes(request.target(), request.template(), options.deadline());
    }

    @Override
    public TokenObject create(Request.Create request, CallOptions options) throws TokenException {
        return SessionAccess.isOnToken(request.template().attributes())
                ? objects.create(request.template(), options.deadline())
                : memory.outer(memory.session(options.deadline()).create(request.template()));
    }

    @Override
    public TokenObject copy(Request.Copy request, CallOptions options) throws TokenException {
        Deadline deadline = options.deadline();
        if (!SessionObjects.isOne(request.source())) {
            return objects.copy(request.source(), request.template(), deadline);
        }
        if (SessionAccess.isOnToken(request.template().attributes())) {
            throw Refusals.permission(
                    "CKR_ACTION_PROHIBITED",
                    "session objects are not copied to a KMIP server; create the object there");
        }
        return memory.outer(memory.session(deadline).copy(memory.inner(request.source()), request.template()));
    }

    @Override
    public Done destroy(Request.Destroy request, CallOptions options) throws TokenException {
        if (SessionObjects.isOne(request.target())) {
            memory.session(options.deadline()).destroy(memory.inner(request.target()));
            return Done.DONE;
        }
        return objects.destroy(request.target(), options.deadline());
    }

    @Override
    public SecretKeyObject generateKey(Request.GenerateKey request, CallOptions options) throws TokenException {
        return SessionAccess.isOnToken(request.template().attributes())
                ? objects.generateKey(request, options.deadline())
                : (SecretKeyObject) memory.outer(memory.perform(request, options.deadline()));
    }

    @Override
    public KeyPairObject generateKeyPair(Request.GenerateKeyPair request, CallOptions options) throws TokenException {
        boolean publicOnToken = SessionAccess.isOnToken(request.publicTemplate().attributes());
        boolean privateOnToken =
                SessionAccess.isOnToken(request.privateTemplate().attributes());
        if (publicOnToken != privateOnToken) {
            throw Refusals.attribute(
                    "CKR_TEMPLATE_INCONSISTENT",
                    "a KMIP server makes both keys of a pair: say CKA_TOKEN alike of both");
        }
        if (privateOnToken) {
            return objects.generateKeyPair(request, options.deadline());
        }
        KeyPairObject pair = memory.perform(request, options.deadline());
        return new KeyPairObject(
                (PublicKeyObject) memory.outer(pair.publicKey()), (PrivateKeyObject) memory.outer(pair.privateKey()));
    }

    @Override
    public KeyObject deriveKey(Request.DeriveKey request, CallOptions options) throws TokenException {
        return made.derive(request, options.deadline());
    }

    @Override
    public byte[] wrapKey(Request.WrapKey request, CallOptions options) throws TokenException {
        return made.wrap(request, options.deadline());
    }

    @Override
    public KeyObject unwrapKey(Request.UnwrapKey request, CallOptions options) throws TokenException {
        return made.unwrap(request, options.deadline());
    }

    @Override
    public Encapsulation encapsulate(Request.Encapsulate request, CallOptions options) throws TokenException {
        return made.encapsulate(request, options.deadline());
    }

    @Override
    public SecretKeyObject decapsulate(Request.Decapsulate request, CallOptions options) throws TokenException {
        return made.decapsulate(request, options.deadline());
    }

    @Override
    public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
        return SessionObjects.isOne(request.key())
                ? memory.perform(request.withKey(memory.innerKey(request.key())), options.deadline())
                : keys.sign(request, options.deadline());
    }

    @Override
    public Boolean verify(Request.Verify request, CallOptions options) throws TokenException {
        Deadline deadline = options.deadline();
        if (SessionObjects.isOne(request.key())) {
            return memory.perform(request.withKey(memory.innerKey(request.key())), deadline);
        }
        ServedObject key = keys.key(request.key(), request, deadline);
        return key.objectClass().equals(ObjectClass.PUBLIC_KEY)
                ? local.use(key, request, deadline)
                : keys.verify(key, request, deadline);
    }

    @Override
    public byte[] encrypt(Request.Encrypt request, CallOptions options) throws TokenException {
        Deadline deadline = options.deadline();
        if (SessionObjects.isOne(request.key())) {
            return memory.perform(request.withKey(memory.innerKey(request.key())), deadline);
        }
        ServedObject key = keys.key(request.key(), request, deadline);
        return key.objectClass().equals(ObjectClass.PUBLIC_KEY)
                ? local.use(key, request, deadline)
                : keys.encrypt(request, deadline);
    }

    @Override
    public byte[] decrypt(Request.Decrypt request, CallOptions options) throws TokenException {
        return SessionObjects.isOne(request.key())
                ? memory.perform(request.withKey(memory.innerKey(request.key())), options.deadline())
                : keys.decrypt(request, options.deadline());
    }

    @Override
    public byte[] digest(Request.Digest request, CallOptions options) throws TokenException {
        return memory.perform(request, options.deadline());
    }

    @Override
    public byte[] generateRandom(Request.GenerateRandom request, CallOptions options) throws TokenException {
        return memory.perform(request, options.deadline());
    }

    @Override
    public Done seedRandom(Request.SeedRandom request, CallOptions options) throws TokenException {
        return memory.perform(request, options.deadline());
    }

    TogetherRequests together() {
        return together;
    }

    /** Starts an operation whose data comes in parts. */
    Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        return new SessionStreams(this, access, keys).start(request, options.deadline());
    }
}
