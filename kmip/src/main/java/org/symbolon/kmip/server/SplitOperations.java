package org.symbolon.kmip.server;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.SecretDataType;
import org.symbolon.kmip.enumeration.SplitKeyMethod;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.SecretData;
import org.symbolon.kmip.object.SplitKey;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateSplitKey;
import org.symbolon.kmip.operation.JoinSplitKey;

/** Create Split Key and Join Split Key (KMIP 2.1 sections 6.1.10 and 6.1.27). */
final class SplitOperations {
    private static final int MAX_PARTS = 255;
    private static final int MAX_PRIME_BITS = 16_384;
    private static final int PRIME_CERTAINTY = 80;

    private final ObjectStore store;
    private final Creation creation;
    private final NewObjects objects;
    private final Materials materials;

    SplitOperations(ObjectStore store, Creation creation, NewObjects objects, Materials materials) {
        this.store = store;
        this.creation = creation;
        this.objects = objects;
        this.materials = materials;
    }

    void addTo(Handlers handlers) {
        handlers.add(CreateSplitKey.Request.class, this::split);
        handlers.add(JoinSplitKey.Request.class, this::join);
    }

    private CreateSplitKey.Response split(CreateSplitKey.Request request, Batch batch)
            throws KmipFailure, TokenException {
        int parts = request.splitKeyParts();
        int threshold = request.splitKeyThreshold();
        if (parts < 2 || parts > MAX_PARTS || threshold < 1 || threshold > parts) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "a key is split into 2 to " + MAX_PARTS + " parts, of which 1 to all are needed, not " + threshold
                            + " of " + parts);
        }
        Managed whole = store.require(batch.id(request.uniqueIdentifier()));
        Attributes asked = creation.asked(request.attributes(), batch.version());
        byte[][] shares;
        try (SecretBytes secret = materials.secret(whole)) {
            shares = shares(request, secret.sharedArray(), parts, threshold);
        }
        List<UniqueIdentifier> ids = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            try (SecretBytes share = SecretBytes.takeOver(shares[i])) {
                KeyBlock block = new KeyBlock(
                        KeyFormatType.RAW,
                        null,
                        KeyValue.Plain.of(share),
                        whole.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM).orElse(null),
                        whole.get(AttributeType.CRYPTOGRAPHIC_LENGTH).orElse(null),
                        null);
                Managed part = objects.make(
                        new SplitKey(
                                parts, i + 1, threshold, request.splitKeyMethod(), request.primeFieldSize(), block),
                        asked);
                ids.add(UniqueIdentifier.of(part.id()));
                if (i > 0) {
                    batch.remember(part.id(), UniqueIdentifierReference.CREATE_SPLIT_KEY);
                }
            }
        }
        batch.hold(((UniqueIdentifier.Text) ids.get(0)).text(), UniqueIdentifierReference.CREATE_SPLIT_KEY);
        return new CreateSplitKey.Response(null, ids, Attributes.NONE);
    }

    private byte[][] shares(CreateSplitKey.Request request, byte[] secret, int parts, int threshold)
            throws KmipFailure, TokenException {
        SplitKeyMethod method = request.splitKeyMethod();
        SecretSharing.Randomness random = store.session()::random;
        if (method.equals(SplitKeyMethod.XOR)) {
            if (threshold != parts) {
                throw new KmipFailure(ResultReason.INVALID_FIELD, "the method XOR needs all parts to join");
            }
            return SecretSharing.splitXor(secret, parts, random);
        } else if (method.equals(SplitKeyMethod.POLYNOMIAL_SHARING_GF2_8)) {
            return SecretSharing.splitBytes(secret, parts, threshold, random);
        } else if (method.equals(SplitKeyMethod.POLYNOMIAL_SHARING_PRIME_FIELD)) {
            BigInteger prime = prime(request.primeFieldSize());
            if (new BigInteger(1, secret).compareTo(prime) >= 0 || prime.bitLength() <= Byte.SIZE) {
                throw new KmipFailure(
                        ResultReason.INVALID_FIELD,
                        "the Prime Field Size is greater than the key and than " + MAX_PARTS);
            }
            return SecretSharing.splitPrime(secret, parts, threshold, prime, random);
        }
        throw unsupported(method);
    }

    private static KmipFailure unsupported(SplitKeyMethod method) {
        return new KmipFailure(
                ResultReason.INVALID_FIELD,
                "keys are split by XOR, over GF(2^8) and modulo a prime here, not by " + method.xmlName());
    }

    private static BigInteger prime(@Nullable BigInteger prime) throws KmipFailure {
        if (prime == null
                || prime.bitLength() > MAX_PRIME_BITS
                || prime.signum() < 0
                || !prime.isProbablePrime(PRIME_CERTAINTY)) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "the Prime Field Size is a prime of no more than " + MAX_PRIME_BITS + " bits");
        }
        return prime;
    }

    private JoinSplitKey.Response join(JoinSplitKey.Request request, Batch batch) throws KmipFailure, TokenException {
        List<SplitKey> parts = new ArrayList<>();
        List<SecretSharing.Share> shares = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        for (UniqueIdentifier id : request.uniqueIdentifiers()) {
            Managed object = store.require(batch.id(id));
            if (!(materials.object(object, null) instanceof SplitKey part)) {
                throw new KmipFailure(ResultReason.INVALID_OBJECT_TYPE, "what is joined are split keys");
            }
            if (parts.size() < MAX_PARTS && numbers.add(part.keyPartIdentifier())) {
                parts.add(part);
                shares.add(new SecretSharing.Share(part.keyPartIdentifier(), materials.secret(object)));
            }
        }
        Attributes asked = creation.asked(request.attributes(), batch.version());
        try (SecretBytes secret = SecretBytes.takeOver(joined(parts, shares, asked))) {
            Managed made = objects.make(object(request, secret, asked), asked);
            return new JoinSplitKey.Response(
                    null, batch.hold(made.id(), UniqueIdentifierReference.JOIN_SPLIT_KEY), Attributes.NONE);
        } finally {
            shares.forEach(share -> share.value().close());
        }
    }

    private static byte[] joined(List<SplitKey> parts, List<SecretSharing.Share> shares, Attributes asked)
            throws KmipFailure {
        Optional<SplitKey> model = parts.stream().findFirst();
        boolean fit = model.isPresent() && parts.stream().allMatch(part -> areOfOne(part, model.get()));
        int length = shares.isEmpty() ? 0 : shares.get(0).value().length();
        if (!fit
                || parts.size() < model.get().splitKeyThreshold()
                || shares.stream()
                        .anyMatch(share -> share.number() < 1
                                || share.number() > MAX_PARTS
                                || share.value().length() != length)) {
            throw new KmipFailure(
                    ResultReason.CRYPTOGRAPHIC_FAILURE, "these are not enough parts of one key to join it");
        }
        SplitKeyMethod method = model.get().splitKeyMethod();
        if (method.equals(SplitKeyMethod.XOR)) {
            return SecretSharing.joinXor(shares);
        } else if (method.equals(SplitKeyMethod.POLYNOMIAL_SHARING_GF2_8)) {
            return SecretSharing.joinBytes(shares);
        } else if (method.equals(SplitKeyMethod.POLYNOMIAL_SHARING_PRIME_FIELD)) {
            int bytes = asked.get(AttributeType.CRYPTOGRAPHIC_LENGTH).orElse(length * Byte.SIZE) / Byte.SIZE;
            return SecretSharing.joinPrime(
                    shares, prime(model.get().primeFieldSize()), Math.min(Math.max(bytes, 1), length));
        }
        throw unsupported(method);
    }

    private static boolean areOfOne(SplitKey part, SplitKey model) {
        return part.splitKeyMethod().equals(model.splitKeyMethod())
                && part.splitKeyThreshold().equals(model.splitKeyThreshold())
                && part.splitKeyParts().equals(model.splitKeyParts());
    }

    private static ManagedObject object(JoinSplitKey.Request request, SecretBytes secret, Attributes asked)
            throws KmipFailure {
        if (request.objectType().equals(ObjectType.SYMMETRIC_KEY)) {
            return new SymmetricKey(KeyBlock.of(
                    KeyFormatType.RAW,
                    secret,
                    CreateOperations.required(asked, AttributeType.CRYPTOGRAPHIC_ALGORITHM),
                    secret.length() * Byte.SIZE));
        } else if (request.objectType().equals(ObjectType.SECRET_DATA)) {
            SecretDataType type = request.secretDataType() == null ? SecretDataType.SEED : request.secretDataType();
            return new SecretData(
                    type, new KeyBlock(KeyFormatType.RAW, null, KeyValue.Plain.of(secret), null, null, null));
        }
        throw new KmipFailure(
                ResultReason.INVALID_FIELD,
                "parts are joined to a symmetric key or to secret data, not to a "
                        + request.objectType().xmlName());
    }
}
