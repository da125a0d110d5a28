package org.symbolon.kmip.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Hash;
import org.symbolon.kmip.operation.Mac;
import org.symbolon.kmip.operation.MacVerify;
import org.symbolon.kmip.operation.RngRetrieve;
import org.symbolon.kmip.operation.RngSeed;

/** MAC, MAC Verify, Hash, RNG Retrieve and RNG Seed (KMIP 2.1 section 6.1). */
final class MacOperations {
    private static final int MAX_RANDOM = 1 << 16;

    private final ObjectStore store;
    private final Use use;
    private final Streams streams;

    MacOperations(ObjectStore store, Use use, Streams streams) {
        this.store = store;
        this.use = use;
        this.streams = streams;
    }

    void addTo(Handlers handlers) {
        handlers.add(Mac.Request.class, this::mac);
        handlers.add(MacVerify.Request.class, this::verify);
        handlers.add(Hash.Request.class, this::hash);
        handlers.add(RngRetrieve.Request.class, this::random);
        handlers.add(RngSeed.Request.class, this::seed);
    }

    static Bytes required(@Nullable Bytes data) throws KmipFailure {
        if (data == null) {
            throw new KmipFailure(ResultReason.MISSING_DATA, "the data is missing");
        }
        return data;
    }

    static ValidityIndicator indicator(boolean valid) {
        return valid ? ValidityIndicator.VALID : ValidityIndicator.INVALID;
    }

    private Mac.Response mac(Mac.Request request, Batch batch) throws KmipFailure, TokenException {
        Part part = Part.of(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        UniqueIdentifier id = UniqueIdentifier.of(managed.id());
        if (part.isWhole()) {
            KeyObject key = use.protecting(managed, CryptographicUsageMask.MAC_GENERATE);
            Mechanism mechanism = mechanism(managed, key, request.cryptographicParameters());
            byte[] code = store.session()
                    .sign(key, mechanism, required(request.data()).toByteArray());
            return new Mac.Response(id, Bytes.wrap(code), null);
        }
        Streams.Stream stream = streams.of(part, request, batch, managed.id(), () -> {
            KeyObject key = use.protecting(managed, CryptographicUsageMask.MAC_GENERATE);
            return store.session().startSign(key, mechanism(managed, key, request.cryptographicParameters()));
        });
        stream.update(request.data());
        return part.ends()
                ? new Mac.Response(id, Bytes.wrap(stream.operation().finish()), null)
                : new Mac.Response(id, null, streams.keep(stream));
    }

    private static Mechanism mechanism(Managed managed, KeyObject key, @Nullable CryptographicParameters asked)
            throws KmipFailure {
        return Mechanisms.mac(
                key, Mechanisms.parameters(managed, asked), managed.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM));
    }

    private MacVerify.Response verify(MacVerify.Request request, Batch batch) throws KmipFailure, TokenException {
        Part part = Part.of(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        UniqueIdentifier id = UniqueIdentifier.of(managed.id());
        Streams.Stream stream = streams.of(part, request, batch, managed.id(), () -> {
            KeyObject key = use.processing(managed, CryptographicUsageMask.MAC_VERIFY);
            return store.session().startVerify(key, mechanism(managed, key, request.cryptographicParameters()));
        });
        Optional<Bytes> code = stream.attachment(request.macData());
        stream.update(part.isWhole() ? required(request.data()) : request.data());
        if (!part.ends()) {
            return new MacVerify.Response(id, null, streams.keep(stream));
        }
        boolean valid = stream.operation().verify(required(code.orElse(null)).toByteArray());
        return new MacVerify.Response(id, indicator(valid), null);
    }

    private Hash.Response hash(Hash.Request request, Batch batch) throws KmipFailure, TokenException {
        Part part = Part.of(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Streams.Stream stream = streams.of(part, request, batch, "", () -> {
            HashAlgorithm hash = Mechanisms.hash(request.cryptographicParameters())
                    .orElseThrow(() -> new KmipFailure(ResultReason.INVALID_FIELD, "name a Hashing Algorithm"));
            return store.session().startDigest(Mechanism.of(hash.mechanism()));
        });
        stream.update(part.isWhole() ? required(request.data()) : request.data());
        return part.ends()
                ? new Hash.Response(Bytes.wrap(stream.operation().finish()), null)
                : new Hash.Response(null, streams.keep(stream));
    }

    private RngRetrieve.Response random(RngRetrieve.Request request, Batch batch) throws KmipFailure, TokenException {
        int length = request.dataLength();
        if (length < 1 || length > MAX_RANDOM) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD, "1 to " + MAX_RANDOM + " random bytes are given at a time");
        }
        return new RngRetrieve.Response(Bytes.wrap(store.session().random(length)));
    }

    private RngSeed.Response seed(RngSeed.Request request, Batch batch) throws TokenException {
        store.session().seedRandom(request.data().toByteArray());
        return new RngSeed.Response(request.data().length());
    }
}
