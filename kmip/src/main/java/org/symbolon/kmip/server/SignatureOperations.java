package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.List;
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
import org.symbolon.Operation;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.key.KeyDer;
import org.symbolon.kmip.key.SignatureForm;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.operation.SignatureVerify;

/** Sign and Signature Verify (KMIP 2.1 sections 6.1.59 and 6.1.60). */
final class SignatureOperations {
    private final ObjectStore store;
    private final Use use;
    private final Streams streams;

    SignatureOperations(ObjectStore store, Use use, Streams streams) {
        this.store = store;
        this.use = use;
        this.streams = streams;
    }

    void addTo(Handlers handlers) {
        handlers.add(Sign.Request.class, this::sign);
        handlers.add(SignatureVerify.Request.class, this::verify);
    }

    private Sign.Response sign(Sign.Request request, Batch batch) throws KmipFailure, TokenException {
        Part part = Part.of(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        UniqueIdentifier id = UniqueIdentifier.of(managed.id());
        CryptographicParameters parameters = Mechanisms.parameters(managed, request.cryptographicParameters());
        if (part.isWhole()) {
            KeyObject key = use.protecting(managed, CryptographicUsageMask.SIGN);
            use.count(managed, true, request.data() == null ? request.digestedData() : request.data());
            Mechanism mechanism = Mechanisms.signature(key, parameters, request.digestedData() != null);
            byte[] data = input(mechanism, parameters, request.data(), request.digestedData());
            return new Sign.Response(id, signature(key, store.session().sign(key, mechanism, data)), null);
        }
        requireData(request.digestedData());
        Streams.Stream stream = streams.of(part, request, batch, managed.id(), () -> {
            KeyObject key = use.protecting(managed, CryptographicUsageMask.SIGN);
            return store.session().startSign(key, Mechanisms.signature(key, parameters, false));
        });
        use.count(managed, part.begins(), request.data());
        stream.update(request.data());
        if (!part.ends()) {
            return new Sign.Response(id, null, streams.keep(stream));
        }
        return new Sign.Response(
                id, signature(Use.computing(managed), stream.operation().finish()), null);
    }

    private static void requireData(@Nullable Bytes digest) throws KmipFailure {
        if (digest != null) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "Digested Data is sent whole, not in parts");
        }
    }

    private static Bytes signature(KeyObject key, byte[] made) {
        return Bytes.wrap(isEcdsa(key) ? SignatureForm.toDer(made) : made);
    }

    private static boolean isEcdsa(KeyObject key) {
        return key.attributes().find(Attribute.KEY_TYPE).equals(Optional.of(KeyType.EC));
    }

    /** Returns what the mechanism takes: the message, or its digest, which PKCS #1 v1.5 wants in a DigestInfo. */
    private static byte[] input(
            Mechanism mechanism,
            @Nullable CryptographicParameters parameters,
            @Nullable Bytes data,
            @Nullable Bytes digest)
            throws KmipFailure {
        if (digest == null) {
            return MacOperations.required(data).toByteArray();
        }
        return mechanism.equals(Mechanism.RSA_PKCS)
                ? digestInfo(Mechanisms.hash(parameters).orElse(HashAlgorithm.SHA_256), digest.toByteArray())
                : digest.toByteArray();
    }

    /** Returns a DigestInfo; the digest has the length that its client gave it, since OASIS's own cases give it another one. */
    private static byte[] digestInfo(HashAlgorithm hash, byte[] digest) {
        byte[] model = hash.digestInfo(new byte[hash.digestBytes()]);
        byte[] algorithm = java.util.Arrays.copyOfRange(model, 2, model.length - hash.digestBytes() - 2);
        return KeyDer.sequence(algorithm, KeyDer.value(KeyDer.OCTET_STRING, digest));
    }

    private SignatureVerify.Response verify(SignatureVerify.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Part part = Part.of(request.correlationValue(), request.initIndicator(), request.finalIndicator());
        Managed managed = store.require(batch.id(request.uniqueIdentifier()));
        UniqueIdentifier id = UniqueIdentifier.of(managed.id());
        CryptographicParameters parameters = Mechanisms.parameters(managed, request.cryptographicParameters());
        if (part.isWhole()) {
            return answer(id, isValid(managed, request, parameters));
        }
        requireData(request.digestedData());
        Streams.Stream stream = streams.of(part, request, batch, managed.id(), () -> verification(managed, parameters));
        Optional<Bytes> signature = stream.attachment(request.signatureData());
        stream.update(request.data());
        if (!part.ends()) {
            return new SignatureVerify.Response(id, null, null, streams.keep(stream));
        }
        byte[] made = MacOperations.required(signature.orElse(null)).toByteArray();
        Optional<byte[]> form = form(Use.computing(managed), made);
        boolean valid = form.isPresent() && stream.operation().verify(form.get());
        stream.close();
        return answer(id, valid);
    }

    private static SignatureVerify.Response answer(UniqueIdentifier id, boolean valid) {
        return new SignatureVerify.Response(id, MacOperations.indicator(valid), null, null);
    }

    private boolean isValid(
            Managed managed, SignatureVerify.Request request, @Nullable CryptographicParameters parameters)
            throws KmipFailure, TokenException {
        KeyObject key = use.processing(managed, CryptographicUsageMask.VERIFY);
        Optional<byte[]> signature =
                form(key, MacOperations.required(request.signatureData()).toByteArray());
        boolean digested = request.digestedData() != null;
        for (Mechanism mechanism : Mechanisms.verifying(key, parameters, digested)) {
            byte[] data = input(mechanism, parameters, request.data(), request.digestedData());
            if (signature.isPresent() && store.session().verify(key, mechanism, data, signature.get())) {
                return true;
            }
        }
        return false;
    }

    private Operation verification(Managed managed, @Nullable CryptographicParameters parameters)
            throws KmipFailure, TokenException {
        KeyObject key = use.processing(managed, CryptographicUsageMask.VERIFY);
        List<Operation> attempts = new ArrayList<>();
        for (Mechanism mechanism : Mechanisms.verifying(key, parameters, false)) {
            attempts.add(store.session().startVerify(key, mechanism));
        }
        return attempts.size() == 1 ? attempts.get(0) : new AnyVerification(attempts);
    }

    /** Returns a signature in the form that tokens take; empty for what is no signature, and so no valid one. */
    private static Optional<byte[]> form(KeyObject key, byte[] signature) {
        if (!isEcdsa(key)) {
            return Optional.of(signature);
        }
        int fieldBytes = key.attributes()
                .find(Attribute.EC_PARAMS)
                .flatMap(NamedCurve::ofEcParams)
                .map(NamedCurve::fieldBytes)
                .orElse(signature.length / 2);
        try {
            return Optional.of(SignatureForm.toRaw(signature, fieldBytes));
        } catch (InvalidAttributeException e) {
            return Optional.empty();
        }
    }
}
