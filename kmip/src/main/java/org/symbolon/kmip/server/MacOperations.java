package org.symbolon.kmip.server;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Operation;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
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
    private final Materials materials;
    private final Use use;
    private final Streams streams;

    MacOperations(ObjectStore store, Materials materials, Use use, Streams streams) {
        this.store = store;
        this.materials = materials;
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
        Streams.Stream stream = streams.of(part, request, batch, managed.id(), () -> {
            use.permitProtecting(managed, CryptographicUsageMask.MAC_GENERATE);
            return start(managed, request.cryptographicParameters(), true);
        });
        use.count(managed, part.begins(), request.data());
        stream.update(part.isWhole() ? required(request.data()) : request.data());
        return part.ends()
                ? new Mac.Response(id, Bytes.wrap(stream.operation().finish()), null)
                : new Mac.Response(id, null, streams.keep(stream));
    }

    /** Begins with the token, or here where the token makes no such codes with keys of this type. */
    private Operation start(Managed managed, @Nullable CryptographicParameters asked, boolean generating)
            throws KmipFailure, TokenException {
        CryptographicParameters parameters = Mechanisms.parameters(managed, asked);
        Optional<CryptographicAlgorithm> algorithm = managed.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM);
        if (!(managed.object() instanceof KeyObject key)) {
            return local(managed, parameters, null);
        }
        Mechanism mechanism = Mechanisms.mac(key, parameters, algorithm);
        try {
            return generating
                    ? store.session().startSign(key, mechanism)
                    : store.session().startVerify(key, mechanism);
        } catch (MechanismNotSupportedException e) {
            return local(managed, parameters, e);
        }
    }

    private Operation local(
            Managed managed,
            @Nullable CryptographicParameters parameters,
            @Nullable MechanismNotSupportedException refusal)
            throws KmipFailure, TokenException {
        Optional<HashAlgorithm> hash = Mechanisms.hmac(parameters, managed.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM));
        Optional<SecretBytes> value = hash.isEmpty() ? Optional.empty() : materials.readable(managed);
        if (hash.isEmpty() || value.isEmpty()) {
            throw new KmipFailure(
                    ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS,
                    "the token makes no such codes with this key, and does not give it out to be used here",
                    refusal);
        }
        try (SecretBytes key = value.get()) {
            return LocalMac.start(hash.get(), key);
        }
    }

    private MacVerify.Response verify(MacVerify.Request request, Batch batch) throws KmipFailure, TokenException {
        Part part = Part.of(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        UniqueIdentifier id = UniqueIdentifier.of(managed.id());
        Streams.Stream stream = streams.of(part, request, batch, managed.id(), () -> {
            use.permitProcessing(managed, CryptographicUsageMask.MAC_VERIFY);
            return start(managed, request.cryptographicParameters(), false);
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

    private RngSeed.Response seed(RngSeed.Request request, Batch batch) throws KmipFailure, TokenException {
        int most = store.semantics().mostSeedBytes();
        if (most < 0) {
            throw new KmipFailure(ResultReason.PERMISSION_DENIED, "clients do not seed this server's generator");
        }
        int taken = Math.min(most, request.data().length());
        if (taken > 0) {
            store.session().seedRandom(Arrays.copyOf(request.data().toByteArray(), taken));
        }
        return new RngSeed.Response(taken);
    }
}
