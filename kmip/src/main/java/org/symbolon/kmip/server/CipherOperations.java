package org.symbolon.kmip.server;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Operation;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Decrypt;
import org.symbolon.kmip.operation.Encrypt;

/**
 * Encrypt and Decrypt (KMIP 2.1 sections 6.1.16 and 6.1.14). The token computes; for what it has no mechanism, this JVM does, if
 * the token gives the key out.
 */
final class CipherOperations {
    private static final int BLOCK_BYTES = 16;
    private static final int DES_BLOCK_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int MAX_IV_BYTES = 64;

    private final ObjectStore store;
    private final Materials materials;
    private final Use use;
    private final Streams streams;

    CipherOperations(ObjectStore store, Materials materials, Use use, Streams streams) {
        this.store = store;
        this.materials = materials;
        this.use = use;
        this.streams = streams;
    }

    void addTo(Handlers handlers) {
        handlers.add(Encrypt.Request.class, this::encrypt);
        handlers.add(Decrypt.Request.class, this::decrypt);
    }

    /** How a request wants its data treated. */
    private record Job(
            boolean encrypting,
            Managed key,
            @Nullable CryptographicParameters parameters,
            @Nullable Bytes iv,
            Bytes additionalData) {
        boolean isCcm() {
            return parameters != null && BlockCipherMode.CCM.equals(parameters.blockCipherMode());
        }
    }

    private Encrypt.Response encrypt(Encrypt.Request request, Batch batch) throws KmipFailure, TokenException {
        Part part = Part.of(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        UniqueIdentifier id = UniqueIdentifier.of(managed.id());
        CryptographicParameters parameters = Mechanisms.parameters(managed, request.cryptographicParameters());
        if (part.begins()) {
            use.permitProtecting(managed, CryptographicUsageMask.ENCRYPT);
        }
        use.count(managed, part.begins(), request.data());
        Bytes given = request.ivCounterNonce();
        Bytes iv = given != null || !part.begins() ? given : randomIv(managed, parameters);
        Job job = new Job(true, managed, parameters, iv, orEmpty(request.authenticatedEncryptionAdditionalData()));
        Bytes told = given == null ? iv : null;
        int tag = CipherMechanisms.isAead(parameters) ? CipherMechanisms.tagBytes(parameters) : 0;
        if (part.isWhole()) {
            byte[] output = whole(job, MacOperations.required(request.data()));
            return new Encrypt.Response(
                    id, Bytes.wrap(Arrays.copyOf(output, output.length - tag)), told, null, tag(output, tag));
        }
        Streams.Stream stream = streams.of(part, request, batch, managed.id(), () -> start(job));
        byte[] output = stream.update(request.data());
        if (!part.ends()) {
            return new Encrypt.Response(id, orNull(output), told, streams.keep(stream), null);
        }
        output = joined(output, stream.operation().finish());
        return new Encrypt.Response(
                id, orNull(Arrays.copyOf(output, output.length - tag)), told, null, tag(output, tag));
    }

    private static @Nullable Bytes orNull(byte[] output) {
        return output.length == 0 ? null : Bytes.wrap(output);
    }

    private static @Nullable Bytes tag(byte[] output, int bytes) {
        return bytes == 0 ? null : Bytes.wrap(Arrays.copyOfRange(output, output.length - bytes, output.length));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    private static Bytes orEmpty(@Nullable Bytes bytes) {
        return bytes == null ? Bytes.empty() : bytes;
    }

    private @Nullable Bytes randomIv(Managed key, @Nullable CryptographicParameters parameters)
            throws KmipFailure, TokenException {
        if (parameters == null || !Boolean.TRUE.equals(parameters.randomIv())) {
            return null;
        }
        int bytes = CipherMechanisms.isAead(parameters) ? NONCE_BYTES : blockBytes(key);
        if (parameters.ivLength() != null) {
            bytes = parameters.ivLength();
        }
        if (bytes < 1 || bytes > MAX_IV_BYTES) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD, "the IV Length is 1 to " + MAX_IV_BYTES + " bytes, not " + bytes);
        }
        return Bytes.wrap(store.session().random(bytes));
    }

    private static int blockBytes(Managed key) {
        boolean aes = key.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM)
                .map(CryptographicAlgorithm.AES::equals)
                .orElseGet(
                        () -> key.object().attributes().find(Attribute.KEY_TYPE).equals(Optional.of(KeyType.AES)));
        return aes ? BLOCK_BYTES : DES_BLOCK_BYTES;
    }

    private Decrypt.Response decrypt(Decrypt.Request request, Batch batch) throws KmipFailure, TokenException {
        Part part = Part.of(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        UniqueIdentifier id = UniqueIdentifier.of(managed.id());
        if (part.begins()) {
            use.permitProcessing(managed, CryptographicUsageMask.DECRYPT);
        }
        Job job = new Job(
                false,
                managed,
                Mechanisms.parameters(managed, request.cryptographicParameters()),
                request.ivCounterNonce(),
                orEmpty(request.authenticatedEncryptionAdditionalData()));
        if (part.isWhole()) {
            byte[] data = MacOperations.required(request.data()).sharedArray();
            byte[] tag = orEmpty(request.authenticatedEncryptionTag()).sharedArray();
            byte[] plaintext = whole(job, Bytes.wrap(joined(data, tag)));
            return new Decrypt.Response(id, SecretBytes.takeOver(plaintext), null);
        }
        Streams.Stream stream = streams.of(part, request, batch, managed.id(), () -> start(job));
        Optional<Bytes> tag = stream.attachment(request.authenticatedEncryptionTag());
        byte[] output = stream.update(request.data());
        if (!part.ends()) {
            return new Decrypt.Response(id, secretOrNull(output), streams.keep(stream));
        }
        output = joined(output, stream.update(tag.orElse(null)));
        return new Decrypt.Response(
                id, secretOrNull(joined(output, stream.operation().finish())), null);
    }

    private static @Nullable Bytes secretOrNull(byte[] output) {
        return output.length == 0 ? null : SecretBytes.takeOver(output);
    }

    private byte[] whole(Job job, Bytes data) throws KmipFailure, TokenException {
        Optional<Mechanism> mechanism = mechanism(job, data.length());
        if (mechanism.isPresent() && job.key.object() instanceof KeyObject key) {
            try {
                return job.encrypting
                        ? store.session().encrypt(key, mechanism.get(), data.sharedArray())
                        : store.session().decrypt(key, mechanism.get(), data.sharedArray());
            } catch (MechanismNotSupportedException e) {
                return local(job, e).run(data.sharedArray());
            }
        }
        return local(job, null).run(data.sharedArray());
    }

    private Operation start(Job job) throws KmipFailure, TokenException {
        if (job.isCcm()) {
            throw Mechanisms.unsupported("CCM takes its data whole, not in parts");
        }
        Optional<Mechanism> mechanism = mechanism(job, 0);
        if (mechanism.isPresent() && job.key.object() instanceof KeyObject key) {
            try {
                return job.encrypting
                        ? store.session().startEncrypt(key, mechanism.get())
                        : store.session().startDecrypt(key, mechanism.get());
            } catch (MechanismNotSupportedException e) {
                return local(job, e);
            }
        }
        return local(job, null);
    }

    private static Optional<Mechanism> mechanism(Job job, int bytes) throws KmipFailure {
        if (!(job.key.object() instanceof KeyObject key)) {
            return Optional.empty();
        }
        if (job.isCcm()) {
            long data = job.encrypting ? bytes : Math.max(0, bytes - CipherMechanisms.tagBytes(job.parameters));
            return Optional.of(CipherMechanisms.ccm(job.parameters, job.iv, job.additionalData, data));
        }
        return CipherMechanisms.cipher(key, job.parameters, job.iv, job.additionalData);
    }

    private LocalCipher local(Job job, @Nullable MechanismNotSupportedException refusal)
            throws KmipFailure, TokenException {
        CryptographicAlgorithm algorithm =
                job.key.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM).orElse(null);
        Optional<SecretBytes> value = algorithm == null ? Optional.empty() : materials.readable(job.key);
        if (algorithm == null || value.isEmpty()) {
            throw new KmipFailure(
                    ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS,
                    "the token has no mechanism for this, and does not give the key out to be used here",
                    refusal);
        }
        try (SecretBytes key = value.get()) {
            return LocalCipher.start(job.encrypting, algorithm, key, job.parameters, job.iv, job.additionalData);
        }
    }
}
