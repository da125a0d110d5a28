package org.symbolon.kmip.server;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.EncodingOption;
import org.symbolon.kmip.enumeration.KeyCompressionType;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.KeyWrapType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.WrappingMethod;
import org.symbolon.kmip.message.KeyValueCodec;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.KeyWrappingData;
import org.symbolon.kmip.object.KeyWrappingSpecification;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** Gives objects out as Get and Export ask for them: in a format, wrapped, unwrapped (KMIP 2.1 section 6.1.20). */
final class Presentation {
    private static final int IV_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final ObjectStore store;
    private final Materials materials;
    private final View view;
    private final Use use;
    private final KeyEncryption encryption;
    private final Pkcs12Exchange files;

    Presentation(ObjectStore store, Materials materials, View view, Use use, Pkcs12Exchange files) {
        this.files = files;
        this.store = store;
        this.materials = materials;
        this.view = view;
        this.use = use;
        this.encryption = new KeyEncryption(store, materials);
    }

    /** What a client asks for. */
    record Wish(
            @Nullable KeyFormatType format,
            @Nullable KeyWrapType wrapType,
            @Nullable KeyCompressionType compression,
            @Nullable KeyWrappingSpecification wrapping) {}

    /** Returns an object as it is asked for. */
    ManagedObject of(Managed object, Wish wish, KmipVersion version) throws KmipFailure, TokenException {
        if (wish.compression != null && !wish.compression.equals(KeyCompressionType.EC_PUBLIC_KEY_TYPE_UNCOMPRESSED)) {
            throw new KmipFailure(
                    ResultReason.KEY_COMPRESSION_TYPE_NOT_SUPPORTED, "points are given uncompressed here");
        }
        if (wish.wrapping == null) {
            requireShown(object);
        }
        if (KeyFormatType.PKCS_12.equals(wish.format) && wish.wrapping == null) {
            return files.file(object, version);
        }
        if (wish.wrapping != null) {
            return wrapped(object, wish, wish.wrapping, version);
        }
        return KeyWrapType.NOT_WRAPPED.equals(wish.wrapType)
                ? unwrapped(object, wish.format, version)
                : materials.object(object, wish.format);
    }

    /** Refuses what its attributes keep on the server, whether or not the token would give it out. */
    private static void requireShown(Managed object) throws KmipFailure {
        if (object.get(AttributeType.EXTRACTABLE).equals(Optional.of(false))) {
            throw new KmipFailure(ResultReason.NOT_EXTRACTABLE, "the object does not leave the server");
        } else if (object.get(AttributeType.SENSITIVE).equals(Optional.of(true))) {
            throw new KmipFailure(ResultReason.SENSITIVE, "the object leaves the server wrapped and not otherwise");
        }
    }

    private ManagedObject unwrapped(Managed object, @Nullable KeyFormatType format, KmipVersion version)
            throws KmipFailure, TokenException {
        ManagedObject shown = materials.object(object, format);
        KeyBlock block = Materials.block(shown).orElse(null);
        KeyWrappingData data = block == null ? null : block.keyWrappingData();
        return block == null || data == null ? shown : Materials.withBlock(shown, unwrapped(block, data, version));
    }

    /** Returns a block without its wrapping; the key that wraps is asked to unwrap, if its mask has either of the two. */
    KeyBlock unwrapped(KeyBlock block, KeyWrappingData data, KmipVersion version) throws KmipFailure, TokenException {
        Bytes wrapped = wrappedBytes(block);
        if (data.macSignatureKeyInformation() != null) {
            throw new KmipFailure(
                    ResultReason.KEY_WRAP_TYPE_NOT_SUPPORTED, "keys that carry a MAC or a signature stay wrapped here");
        }
        if (data.encryptionKeyInformation() == null || !data.wrappingMethod().equals(WrappingMethod.ENCRYPT)) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "the wrapped key does not say which key wraps it");
        }
        Managed by = wrappingKey(data.encryptionKeyInformation().uniqueIdentifier());
        use.permitProcessing(by, CryptographicUsageMask.UNWRAP_KEY, CryptographicUsageMask.WRAP_KEY);
        CryptographicParameters parameters =
                Mechanisms.parameters(by, data.encryptionKeyInformation().cryptographicParameters());
        SecretBytes plain = encryption.unwrap(by, parameters, data.ivCounterNonce(), wrapped);
        return new KeyBlock(
                block.keyFormatType(),
                block.keyCompressionType(),
                EncodingOption.NO_ENCODING.equals(data.encodingOption())
                        ? KeyValue.Plain.of(plain)
                        : decoded(plain, block.keyFormatType(), version),
                block.cryptographicAlgorithm(),
                block.cryptographicLength(),
                null);
    }

    private static KeyValue.Plain decoded(SecretBytes ttlv, KeyFormatType format, KmipVersion version)
            throws KmipFailure {
        try (ttlv) {
            return KeyValueCodec.decode(ttlv.sharedArray(), format, version);
        } catch (MalformedTtlvException e) {
            throw new KmipFailure(
                    ResultReason.CRYPTOGRAPHIC_FAILURE, "what is wrapped is no Key Value in TTLV Encoding", e);
        }
    }

    private static Bytes wrappedBytes(KeyBlock block) throws KmipFailure {
        if (block.keyValue() instanceof KeyValue.Wrapped wrapped) {
            return wrapped.bytes();
        }
        return block.encoding()
                .orElseThrow(() -> new KmipFailure(ResultReason.INVALID_FIELD, "the wrapped key has no bytes"));
    }

    private Managed wrappingKey(UniqueIdentifier id) throws KmipFailure, TokenException {
        if (!(id instanceof UniqueIdentifier.Text text)) {
            throw new KmipFailure(ResultReason.FEATURE_NOT_SUPPORTED, "name the wrapping key by its Unique Identifier");
        }
        try {
            return store.require(text.text());
        } catch (KmipFailure e) {
            throw new KmipFailure(ResultReason.WRAPPING_OBJECT_NOT_FOUND, "the wrapping key: " + e.getMessage(), e);
        }
    }

    private ManagedObject wrapped(
            Managed object, Wish wish, KeyWrappingSpecification specification, KmipVersion version)
            throws KmipFailure, TokenException {
        if (!specification.wrappingMethod().equals(WrappingMethod.ENCRYPT)
                || specification.encryptionKeyInformation() == null) {
            throw new KmipFailure(
                    ResultReason.KEY_WRAP_TYPE_NOT_SUPPORTED, "keys are wrapped by the method Encrypt here");
        }
        boolean bare = EncodingOption.NO_ENCODING.equals(specification.encodingOption());
        if (bare && !specification.attributeNames().isEmpty()) {
            throw new KmipFailure(
                    ResultReason.ENCODING_OPTION_ERROR,
                    "attributes are wrapped with a key in TTLV Encoding; leave the Encoding Option out");
        }
        Managed by = wrappingKey(specification.encryptionKeyInformation().uniqueIdentifier());
        use.permitProtecting(by, CryptographicUsageMask.WRAP_KEY);
        CryptographicParameters parameters = Mechanisms.parameters(
                by, specification.encryptionKeyInformation().cryptographicParameters());
        Bytes iv = KeyEncryption.takesIv(by, parameters)
                ? Bytes.wrap(store.session().random(CipherMechanisms.isAead(parameters) ? NONCE_BYTES : IV_BYTES))
                : null;
        KeyWrappingData data = new KeyWrappingData(
                WrappingMethod.ENCRYPT,
                specification.encryptionKeyInformation(),
                null,
                null,
                iv,
                specification.encodingOption());
        if (bare && isHidden(object)) {
            return hidden(object, by, parameters, data);
        }
        ManagedObject shown = unwrapped(object, wish.format, version);
        KeyBlock block = Materials.block(shown)
                .orElseThrow(() -> new KmipFailure(ResultReason.INVALID_OBJECT_TYPE, "the object is none to wrap"));
        byte[] plaintext = bare ? bare(block) : encoded(object, block, specification, version);
        byte[] ciphertext;
        try (SecretBytes wiped = SecretBytes.takeOver(plaintext)) {
            ciphertext = encryption.wrap(by, parameters, iv, wiped.sharedArray());
        }
        boolean inMaterial = bare && cameInMaterial(object);
        KeyValue value =
                inMaterial ? KeyValue.Plain.of(Bytes.wrap(ciphertext)) : new KeyValue.Wrapped(Bytes.wrap(ciphertext));
        return Materials.withBlock(
                shown,
                new KeyBlock(
                        block.keyFormatType(),
                        block.keyCompressionType(),
                        value,
                        block.cryptographicAlgorithm(),
                        block.cryptographicLength(),
                        data));
    }

    /** Returns whether a client registered the object with the wrapped bytes as Key Material; it gets them back so. */
    private boolean cameInMaterial(Managed object) throws KmipFailure, TokenException {
        return Materials.block(materials.object(object, null))
                .filter(block -> block.keyWrappingData() != null && block.keyValue() instanceof KeyValue.Plain)
                .isPresent();
    }

    private static byte[] bare(KeyBlock block) throws KmipFailure {
        if (block.keyValue() instanceof KeyValue.Plain plain
                && plain.material() instanceof KeyMaterial.Encoded encoded) {
            return encoded.encoding().toByteArray();
        }
        throw new KmipFailure(
                ResultReason.ENCODING_OPTION_ERROR,
                "a key in the format " + block.keyFormatType().xmlName() + " is wrapped in TTLV Encoding only");
    }

    private byte[] encoded(Managed object, KeyBlock block, KeyWrappingSpecification specification, KmipVersion version)
            throws KmipFailure, TokenException {
        Set<AttributeType<?>> wanted = new HashSet<>();
        specification.attributeNames().forEach(name -> wanted.add(AttributeType.ofName(name)));
        Attributes attributes = wanted.isEmpty() ? Attributes.NONE : view.of(object, version, wanted::contains);
        if (block.keyValue() instanceof KeyValue.Plain plain) {
            return KeyValueCodec.encode(new KeyValue.Plain(plain.material(), attributes), version);
        }
        throw new KmipFailure(ResultReason.INVALID_OBJECT_TYPE, "the object has no key to wrap");
    }

    private static boolean isHidden(Managed object) {
        return object.object() instanceof KeyObject key
                && key.attributes().isTrue(org.symbolon.Attribute.SENSITIVE)
                && key.attributes().isTrue(org.symbolon.Attribute.EXTRACTABLE);
    }

    /** Returns a key that leaves the token wrapped alone: a secret key as its bytes, a private one as PKCS #8. */
    private ManagedObject hidden(
            Managed object, Managed by, @Nullable CryptographicParameters parameters, KeyWrappingData data)
            throws KmipFailure, TokenException {
        byte[] bytes = encryption.wrap(by, parameters, data.ivCounterNonce(), Use.computing(object));
        boolean secret = object.object().objectClass().equals(ObjectClass.SECRET_KEY);
        return Materials.key(
                object.type(),
                new KeyBlock(
                        secret ? KeyFormatType.RAW : KeyFormatType.PKCS_8,
                        null,
                        new KeyValue.Wrapped(Bytes.wrap(bytes)),
                        object.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM).orElse(null),
                        object.get(AttributeType.CRYPTOGRAPHIC_LENGTH).orElse(null),
                        data));
    }
}
