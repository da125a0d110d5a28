package org.symbolon.kmip.server;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.key.SignatureForm;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Decrypt;
import org.symbolon.kmip.operation.Encrypt;
import org.symbolon.kmip.operation.Hash;
import org.symbolon.kmip.operation.Mac;
import org.symbolon.kmip.operation.MacVerify;
import org.symbolon.kmip.operation.RngRetrieve;
import org.symbolon.kmip.operation.RngSeed;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.operation.SignatureVerify;

/** The cryptographic operations (KMIP 2.1 section 6.1), each in one part. */
final class CryptoOperations {
    private static final int MAX_RANDOM = 1 << 16;
    private static final int BLOCK_BYTES = 16;
    private static final int DES_BLOCK_BYTES = 8;
    private static final int NONCE_BYTES = 12;

    private final ObjectStore store;
    private final Use use;

    CryptoOperations(ObjectStore store, Use use) {
        this.store = store;
        this.use = use;
    }

    void addTo(Handlers handlers) {
        handlers.add(Sign.Request.class, this::sign);
        handlers.add(SignatureVerify.Request.class, this::verify);
        handlers.add(Encrypt.Request.class, this::encrypt);
        handlers.add(Decrypt.Request.class, this::decrypt);
        handlers.add(Mac.Request.class, this::mac);
        handlers.add(MacVerify.Request.class, this::macVerify);
        handlers.add(Hash.Request.class, this::hash);
        handlers.add(RngRetrieve.Request.class, this::random);
        handlers.add(RngSeed.Request.class, this::seed);
    }

    private static void requireOnePart(@Nullable Bytes correlation, @Nullable Boolean init, @Nullable Boolean last)
            throws KmipFailure {
        boolean whole = Boolean.TRUE.equals(init) && Boolean.TRUE.equals(last);
        if (correlation != null || (!whole && (Boolean.TRUE.equals(init) || Boolean.TRUE.equals(last)))) {
            throw new KmipFailure(ResultReason.FEATURE_NOT_SUPPORTED, "data is taken in one part here");
        }
    }

    private static Bytes required(@Nullable Bytes data) throws KmipFailure {
        if (data == null) {
            throw new KmipFailure(ResultReason.MISSING_DATA, "the data is missing");
        }
        return data;
    }

    /** Returns the parameters of the request, or those that the key has as an attribute. */
    private static @Nullable CryptographicParameters parameters(Managed key, @Nullable CryptographicParameters asked) {
        return asked != null
                ? asked
                : key.get(AttributeType.CRYPTOGRAPHIC_PARAMETERS).orElse(null);
    }

    private Sign.Response sign(Sign.Request request, Batch batch) throws KmipFailure, TokenException {
        requireOnePart(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        KeyObject key = use.protecting(managed, CryptographicUsageMask.SIGN);
        CryptographicParameters parameters = parameters(managed, request.cryptographicParameters());
        boolean digested = request.digestedData() != null;
        byte[] data = input(key, parameters, request.data(), request.digestedData());
        byte[] signature = store.session().sign(key, Mechanisms.signature(key, parameters, digested), data);
        return new Sign.Response(
                UniqueIdentifier.of(managed.id()),
                Bytes.wrap(isEcdsa(key) ? SignatureForm.toDer(signature) : signature),
                null);
    }

    private static boolean isEcdsa(KeyObject key) {
        return key.attributes().find(Attribute.KEY_TYPE).equals(Optional.of(KeyType.EC));
    }

    /** Returns what the mechanism takes: the message, or its digest, which PKCS #1 v1.5 wants in a DigestInfo. */
    private static byte[] input(
            KeyObject key, @Nullable CryptographicParameters parameters, @Nullable Bytes data, @Nullable Bytes digest)
            throws KmipFailure {
        if (digest == null) {
            return required(data).toByteArray();
        }
        Mechanism mechanism = Mechanisms.signature(key, parameters, true);
        HashAlgorithm hash = Mechanisms.hash(parameters).orElse(HashAlgorithm.SHA_256);
        return mechanism.equals(Mechanism.RSA_PKCS) ? hash.digestInfo(digest.toByteArray()) : digest.toByteArray();
    }

    private SignatureVerify.Response verify(SignatureVerify.Request request, Batch batch)
            throws KmipFailure, TokenException {
        requireOnePart(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        KeyObject key = use.processing(managed, CryptographicUsageMask.VERIFY);
        CryptographicParameters parameters = parameters(managed, request.cryptographicParameters());
        Mechanism mechanism = Mechanisms.signature(key, parameters, request.digestedData() != null);
        byte[] data = input(key, parameters, request.data(), request.digestedData());
        byte[] signature = required(request.signatureData()).toByteArray();
        boolean valid = isEcdsa(key)
                ? verifyEcdsa(key, mechanism, data, signature)
                : store.session().verify(key, mechanism, data, signature);
        return new SignatureVerify.Response(UniqueIdentifier.of(managed.id()), indicator(valid), null, null);
    }

    private boolean verifyEcdsa(KeyObject key, Mechanism mechanism, byte[] data, byte[] signature)
            throws TokenException {
        int fieldBytes = key.attributes()
                .find(Attribute.EC_PARAMS)
                .flatMap(NamedCurve::ofEcParams)
                .map(NamedCurve::fieldBytes)
                .orElse(signature.length / 2);
        byte[] raw;
        try {
            raw = SignatureForm.toRaw(signature, fieldBytes);
        } catch (InvalidAttributeException e) {
            return false; // what is no signature is no valid one
        }
        return store.session().verify(key, mechanism, data, raw);
    }

    private static ValidityIndicator indicator(boolean valid) {
        return valid ? ValidityIndicator.VALID : ValidityIndicator.INVALID;
    }

    private Encrypt.Response encrypt(Encrypt.Request request, Batch batch) throws KmipFailure, TokenException {
        requireOnePart(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        KeyObject key = use.protecting(managed, CryptographicUsageMask.ENCRYPT);
        CryptographicParameters parameters = parameters(managed, request.cryptographicParameters());
        Bytes given = request.ivCounterNonce();
        Bytes iv = given != null ? given : randomIv(key, parameters);
        Mechanism mechanism =
                Mechanisms.cipher(key, parameters, iv, orEmpty(request.authenticatedEncryptionAdditionalData()));
        byte[] output =
                store.session().encrypt(key, mechanism, required(request.data()).toByteArray());
        int tag = isGcm(parameters) ? Mechanisms.tagBytes(parameters) : 0;
        return new Encrypt.Response(
                UniqueIdentifier.of(managed.id()),
                Bytes.wrap(Arrays.copyOf(output, output.length - tag)),
                given == null ? iv : null,
                null,
                tag == 0 ? null : Bytes.wrap(Arrays.copyOfRange(output, output.length - tag, output.length)));
    }

    private @Nullable Bytes randomIv(KeyObject key, @Nullable CryptographicParameters parameters)
            throws TokenException {
        if (parameters == null || !Boolean.TRUE.equals(parameters.randomIv())) {
            return null;
        }
        boolean des = key.attributes().find(Attribute.KEY_TYPE).equals(Optional.of(KeyType.DES3));
        int length = isGcm(parameters) ? NONCE_BYTES : des ? DES_BLOCK_BYTES : BLOCK_BYTES;
        return Bytes.wrap(store.session().random(length));
    }

    private static boolean isGcm(@Nullable CryptographicParameters parameters) {
        return parameters != null && BlockCipherMode.GCM.equals(parameters.blockCipherMode());
    }

    private static Bytes orEmpty(@Nullable Bytes bytes) {
        return bytes == null ? Bytes.empty() : bytes;
    }

    private Decrypt.Response decrypt(Decrypt.Request request, Batch batch) throws KmipFailure, TokenException {
        requireOnePart(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        KeyObject key = use.processing(managed, CryptographicUsageMask.DECRYPT);
        CryptographicParameters parameters = parameters(managed, request.cryptographicParameters());
        Mechanism mechanism = Mechanisms.cipher(
                key, parameters, request.ivCounterNonce(), orEmpty(request.authenticatedEncryptionAdditionalData()));
        byte[] data = required(request.data()).toByteArray();
        byte[] tag = orEmpty(request.authenticatedEncryptionTag()).toByteArray();
        byte[] whole = Arrays.copyOf(data, data.length + tag.length);
        System.arraycopy(tag, 0, whole, data.length, tag.length);
        byte[] plaintext = store.session().decrypt(key, mechanism, whole);
        return new Decrypt.Response(
                UniqueIdentifier.of(managed.id()), org.symbolon.SecretBytes.takeOver(plaintext), null);
    }

    private Mac.Response mac(Mac.Request request, Batch batch) throws KmipFailure, TokenException {
        requireOnePart(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        KeyObject key = use.protecting(managed, CryptographicUsageMask.MAC_GENERATE);
        byte[] mac = store.session()
                .sign(
                        key,
                        mac(managed, key, request.cryptographicParameters()),
                        required(request.data()).toByteArray());
        return new Mac.Response(UniqueIdentifier.of(managed.id()), Bytes.wrap(mac), null);
    }

    private static Mechanism mac(Managed managed, KeyObject key, @Nullable CryptographicParameters asked)
            throws KmipFailure {
        return Mechanisms.mac(key, parameters(managed, asked), managed.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM));
    }

    private MacVerify.Response macVerify(MacVerify.Request request, Batch batch) throws KmipFailure, TokenException {
        requireOnePart(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        KeyObject key = use.processing(managed, CryptographicUsageMask.MAC_VERIFY);
        boolean valid = store.session()
                .verify(
                        key,
                        mac(managed, key, request.cryptographicParameters()),
                        required(request.data()).toByteArray(),
                        required(request.macData()).toByteArray());
        return new MacVerify.Response(UniqueIdentifier.of(managed.id()), indicator(valid), null);
    }

    private Hash.Response hash(Hash.Request request, Batch batch) throws KmipFailure, TokenException {
        requireOnePart(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        HashAlgorithm hash = Mechanisms.hash(request.cryptographicParameters())
                .orElseThrow(() -> new KmipFailure(ResultReason.INVALID_FIELD, "name a Hashing Algorithm"));
        byte[] digest = store.session()
                .digest(Mechanism.of(hash.mechanism()), required(request.data()).toByteArray());
        return new Hash.Response(Bytes.wrap(digest), null);
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
