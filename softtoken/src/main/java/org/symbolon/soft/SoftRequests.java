package org.symbolon.soft;

import java.util.List;
import java.util.Optional;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Done;
import org.symbolon.Encapsulation;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.ObjectCursor;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.SecretKeyObject;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.soft.engine.KeyGeneration;
import org.symbolon.soft.engine.Mechanisms;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;

/** Hands each request of a session to what serves it. */
final class SoftRequests implements RequestHandler {
    private final SessionObjects objects;
    private final TogetherRequests together;
    private final SessionKeys keys;
    private final SessionWrapping wrapping;
    private final SessionDerivation derivation;
    private final SessionPins pins;

    SoftRequests(SessionAccess access, SoftSettings settings) {
        this.objects = new SessionObjects(access);
        this.together = new TogetherRequests(access, objects);
        this.pins = new SessionPins(access, settings);
        this.keys = new SessionKeys(access);
        this.wrapping = new SessionWrapping(access, keys, objects);
        this.derivation = new SessionDerivation(access, keys, objects);
    }

    Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        return request.object().isPresent()
                ? keys.start(request, options)
                : Mechanisms.digest(request.mechanism().orElseThrow());
    }

    @Override
    public ObjectCursor find(Request.Find request, CallOptions options) {
        return objects.find(request, options);
    }

    @Override
    public Attributes getAttributes(Request.GetAttributes request, CallOptions options) throws TokenException {
        return objects.getAttributes(request, options);
    }

    @Override
    public TokenObject setAttributes(Request.SetAttributes request, CallOptions options) throws TokenException {
        return objects.setAttributes(request, options);
    }

    @Override
    public TokenObject create(Request.Create request, CallOptions options) throws TokenException {
        return objects.create(request, options);
    }

    /** Does several things together, if they can be. */
    Optional<List<Outcome<?>>> together(List<? extends Request<?>> requests, CallOptions options) {
        return together.run(requests, options);
    }

    @Override
    public TokenObject copy(Request.Copy request, CallOptions options) throws TokenException {
        return objects.copy(request, options);
    }

    @Override
    public Done destroy(Request.Destroy request, CallOptions options) throws TokenException {
        return objects.destroy(request, options);
    }

    @Override
    public SecretKeyObject generateKey(Request.GenerateKey request, CallOptions options) throws TokenException {
        return objects.generateKey(request, options);
    }

    @Override
    public KeyPairObject generateKeyPair(Request.GenerateKeyPair request, CallOptions options) throws TokenException {
        return objects.generateKeyPair(request, options);
    }

    @Override
    public KeyObject deriveKey(Request.DeriveKey request, CallOptions options) throws TokenException {
        return derivation.derive(request, options);
    }

    @Override
    public byte[] wrapKey(Request.WrapKey request, CallOptions options) throws TokenException {
        return wrapping.wrap(request, options);
    }

    @Override
    public KeyObject unwrapKey(Request.UnwrapKey request, CallOptions options) throws TokenException {
        return wrapping.unwrap(request, options);
    }

    @Override
    public Encapsulation encapsulate(Request.Encapsulate request, CallOptions options) throws TokenException {
        return derivation.encapsulate(request, options);
    }

    @Override
    public SecretKeyObject decapsulate(Request.Decapsulate request, CallOptions options) throws TokenException {
        return derivation.decapsulate(request, options);
    }

    @Override
    public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
        return keys.run(request, request.data(), options);
    }

    @Override
    public Boolean verify(Request.Verify request, CallOptions options) throws TokenException {
        try (Operation operation = keys.start(request, options)) {
            operation.update(request.data().sharedArray());
            return operation.verify(request.signature().sharedArray());
        }
    }

    @Override
    public byte[] encrypt(Request.Encrypt request, CallOptions options) throws TokenException {
        return keys.run(request, request.data(), options);
    }

    @Override
    public byte[] decrypt(Request.Decrypt request, CallOptions options) throws TokenException {
        return keys.run(request, request.data(), options);
    }

    @Override
    public byte[] digest(Request.Digest request, CallOptions options) throws TokenException {
        try (Operation operation = Mechanisms.digest(request.algorithm())) {
            Bytes data = request.data();
            operation.update(data.sharedArray());
            return operation.finish();
        }
    }

    @Override
    public byte[] generateRandom(Request.GenerateRandom request, CallOptions options) {
        return KeyGeneration.random(request.length());
    }

    @Override
    public Done seedRandom(Request.SeedRandom request, CallOptions options) {
        KeyGeneration.seed(request.seed().toByteArray());
        return Done.DONE;
    }

    @Override
    public Done initPin(Request.InitPin request, CallOptions options) throws TokenException {
        return pins.initPin(request, options);
    }

    @Override
    public Done setPin(Request.SetPin request, CallOptions options) throws TokenException {
        return pins.setPin(request, options);
    }
}
