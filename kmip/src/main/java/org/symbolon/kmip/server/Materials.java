package org.symbolon.kmip.server;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.CertificateObject;
import org.symbolon.KeyObject;
import org.symbolon.ObjectClass;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CertificateType;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.key.KeyAttributes;
import org.symbolon.kmip.key.KeyParts;
import org.symbolon.kmip.key.KeyReader;
import org.symbolon.kmip.key.KeyWriter;
import org.symbolon.kmip.message.KeyValueCodec;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.Digest;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.OpaqueObject;
import org.symbolon.kmip.object.PgpKey;
import org.symbolon.kmip.object.PrivateKey;
import org.symbolon.kmip.object.PublicKey;
import org.symbolon.kmip.object.SecretData;
import org.symbolon.kmip.object.SplitKey;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.TransparentSymmetricKey;
import org.symbolon.kmip.ttlv.KmipVersion;

/** What objects are made of, in the forms in which KMIP gives them out. */
final class Materials {
    private static final int TTLV_HEADER_BYTES = 8;
    private static final Set<Attribute<?>> OF_KEYS = ofKeys();

    private final ObjectStore store;

    Materials(ObjectStore store) {
        this.store = store;
    }

    private static Set<Attribute<?>> ofKeys() {
        Set<Attribute<?>> wanted = new HashSet<>(Set.of(
                Attribute.CLASS,
                Attribute.KEY_TYPE,
                Attribute.VALUE,
                Attribute.MODULUS,
                Attribute.PUBLIC_EXPONENT,
                Attribute.PRIVATE_EXPONENT,
                Attribute.EC_PARAMS,
                Attribute.EC_POINT,
                Attribute.PUBLIC_KEY_INFO));
        wanted.addAll(Set.of(
                Attribute.PRIME_1,
                Attribute.PRIME_2,
                Attribute.EXPONENT_1,
                Attribute.EXPONENT_2,
                Attribute.COEFFICIENT));
        return Set.copyOf(wanted);
    }

    /** Returns an object as it is given out. */
    ManagedObject object(Managed object, @Nullable KeyFormatType asked) throws KmipFailure, TokenException {
        boolean open = asked == null
                && (object.object() instanceof PublicKeyObject || object.object() instanceof CertificateObject);
        if (!open) {
            return made(object, asked);
        }
        Optional<ManagedObject> known = store.shown(object);
        if (known.isEmpty()) {
            known = Optional.of(made(object, null));
            store.show(object, known.get());
        }
        return known.get();
    }

    private ManagedObject made(Managed object, @Nullable KeyFormatType asked) throws KmipFailure, TokenException {
        if (object.object() instanceof CertificateObject) {
            requireFormat(asked, KeyFormatType.X_509);
            return new Certificate(
                    object.get(AttributeType.CERTIFICATE_TYPE).orElse(CertificateType.X_509), value(object));
        } else if (object.object() instanceof KeyObject) {
            return key(object.type(), block(object, asked));
        }
        Bytes value = value(object);
        ManagedObject kept = object.kept() ? StoredTtlv.object(value) : new OpaqueObject(0, value);
        Optional<KeyBlock> block = block(kept);
        return block.isPresent() && asked != null
                ? withBlock(kept, converted(object.type(), block.get(), asked))
                : kept;
    }

    private static KeyBlock converted(ObjectType type, KeyBlock block, KeyFormatType asked)
            throws KmipFailure, TokenException {
        Optional<KeyParts> parts = asked.equals(block.keyFormatType()) ? Optional.empty() : KeyReader.read(type, block);
        if (parts.isEmpty()) {
            requireFormat(asked, block.keyFormatType());
            return block;
        }
        return new KeyBlock(
                asked,
                null,
                new KeyValue.Plain(material(parts.get(), asked), Attributes.NONE),
                block.cryptographicAlgorithm(),
                block.cryptographicLength(),
                null);
    }

    /** Returns an object with another key block. */
    static ManagedObject withBlock(ManagedObject object, KeyBlock block) {
        if (object instanceof SecretData data) {
            return new SecretData(data.secretDataType(), block);
        } else if (object instanceof PgpKey key) {
            return new PgpKey(key.pgpKeyVersion(), block);
        } else if (object instanceof SplitKey part) {
            return new SplitKey(
                    part.splitKeyParts(),
                    part.keyPartIdentifier(),
                    part.splitKeyThreshold(),
                    part.splitKeyMethod(),
                    part.primeFieldSize(),
                    block);
        }
        return key(object.objectType(), block);
    }

    /** Returns the bytes of a symmetric key or of secret data, to be closed; empty where the token does not give them out. */
    Optional<SecretBytes> readable(Managed object) throws KmipFailure, TokenException {
        boolean kept = !(object.object() instanceof KeyObject);
        if (!kept && !object.object().objectClass().equals(ObjectClass.SECRET_KEY)) {
            return Optional.empty();
        }
        if (!kept && isSensitive(store.session().getAttributes(object.object(), OF_KEYS))) {
            return Optional.empty();
        }
        return block(object(object, null)).flatMap(Materials::bytes);
    }

    private static Optional<SecretBytes> bytes(KeyBlock block) {
        if (block.keyWrappingData() == null && block.keyValue() instanceof KeyValue.Plain plain) {
            if (plain.material() instanceof TransparentSymmetricKey key) {
                return Optional.of(SecretBytes.copyOf(key.key().sharedArray()));
            } else if (plain.material() instanceof KeyMaterial.Encoded encoded) {
                return Optional.of(SecretBytes.copyOf(encoded.encoding().sharedArray()));
            }
        }
        return Optional.empty();
    }

    /** Returns the bytes of a symmetric key or of secret data, to be closed. */
    SecretBytes secret(Managed object) throws KmipFailure, TokenException {
        Optional<SecretBytes> value = readable(object);
        if (value.isEmpty()) {
            throw new KmipFailure(
                    ResultReason.SENSITIVE, "the token does not give out the bytes of the object, which this needs");
        }
        return value.get();
    }

    private static boolean isSensitive(org.symbolon.Attributes key) {
        return key.isSensitive(Attribute.VALUE) || key.isSensitive(Attribute.PRIVATE_EXPONENT);
    }

    private static void requireFormat(@Nullable KeyFormatType asked, KeyFormatType only) throws KmipFailure {
        if (asked != null && !asked.equals(only)) {
            throw new KmipFailure(
                    ResultReason.KEY_FORMAT_TYPE_NOT_SUPPORTED,
                    "the object is given as " + only.xmlName() + ", not as " + asked.xmlName());
        }
    }

    /** Returns the key block of an object that has one. */
    static Optional<KeyBlock> block(ManagedObject object) {
        if (object instanceof SymmetricKey key) {
            return Optional.of(key.keyBlock());
        } else if (object instanceof PublicKey key) {
            return Optional.of(key.keyBlock());
        } else if (object instanceof PrivateKey key) {
            return Optional.of(key.keyBlock());
        } else if (object instanceof SecretData data) {
            return Optional.of(data.keyBlock());
        } else if (object instanceof PgpKey key) {
            return Optional.of(key.keyBlock());
        }
        return object instanceof SplitKey key ? Optional.of(key.keyBlock()) : Optional.empty();
    }

    private Bytes value(Managed object) throws KmipFailure, TokenException {
        return store.session()
                .getAttributes(object.object(), Set.of(Attribute.CLASS, Attribute.VALUE))
                .find(Attribute.VALUE)
                .orElseThrow(() -> new KmipFailure(ResultReason.SENSITIVE, "the token does not show the object"));
    }

    static ManagedObject key(ObjectType type, KeyBlock block) {
        if (type.equals(ObjectType.PUBLIC_KEY)) {
            return new PublicKey(block);
        }
        return type.equals(ObjectType.PRIVATE_KEY) ? new PrivateKey(block) : new SymmetricKey(block);
    }

    private KeyBlock block(Managed key, @Nullable KeyFormatType asked) throws KmipFailure, TokenException {
        KeyParts parts = parts(key);
        KeyFormatType format =
                asked != null ? asked : key.get(AttributeType.KEY_FORMAT_TYPE).orElse(KeyWriter.defaultFormat(parts));
        return new KeyBlock(
                format,
                null,
                new KeyValue.Plain(material(parts, format), Attributes.NONE),
                key.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM).orElse(null),
                key.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM).isPresent()
                        ? key.get(AttributeType.CRYPTOGRAPHIC_LENGTH).orElse(parts.bits())
                        : null,
                null);
    }

    private static KeyMaterial material(KeyParts parts, KeyFormatType format) throws KmipFailure {
        return KeyWriter.write(parts, format)
                .orElseThrow(() -> new KmipFailure(
                        ResultReason.KEY_FORMAT_TYPE_NOT_SUPPORTED,
                        "this key cannot be given in the format " + format.xmlName()));
    }

    private KeyParts parts(Managed key) throws KmipFailure, TokenException {
        org.symbolon.Attributes attributes = store.session().getAttributes(key.object(), OF_KEYS);
        if (isSensitive(attributes)) {
            boolean extractable = key.object().attributes().isTrue(Attribute.EXTRACTABLE);
            throw new KmipFailure(
                    extractable ? ResultReason.SENSITIVE : ResultReason.NOT_EXTRACTABLE,
                    "the key does not leave the token");
        }
        return KeyAttributes.parts(attributes)
                .orElseThrow(() -> new KmipFailure(
                        ResultReason.KEY_FORMAT_TYPE_NOT_SUPPORTED, "KMIP has no format for this key here"));
    }

    /** Returns the SHA-256 digest of an object; empty where the token does not show it. */
    Optional<Digest> digest(Managed object) throws TokenException {
        try {
            ManagedObject shown = object(object, null);
            if (shown instanceof Certificate certificate) {
                return Optional.of(digest(certificate.certificateValue(), KeyFormatType.X_509));
            } else if (shown instanceof OpaqueObject opaque) {
                return Optional.of(digest(opaque.opaqueDataValue(), KeyFormatType.OPAQUE));
            }
            return block(shown).flatMap(Materials::digest);
        } catch (KmipFailure e) {
            return Optional.empty(); // what is not shown has no digest here
        }
    }

    /** Returns the digest of a key: of its bytes, or of the TTLV of a Key Material that is a structure. */
    private static Optional<Digest> digest(KeyBlock block) {
        Optional<Bytes> encoding = block.encoding();
        if (encoding.isEmpty() && block.keyValue() instanceof KeyValue.Plain plain) {
            byte[] whole =
                    KeyValueCodec.encode(new KeyValue.Plain(plain.material(), Attributes.NONE), KmipVersion.V1_4);
            encoding = Optional.of(SecretBytes.takeOver(Arrays.copyOfRange(whole, TTLV_HEADER_BYTES, whole.length)));
            Arrays.fill(whole, (byte) 0);
        }
        return encoding.map(bytes -> digest(bytes, block.keyFormatType()));
    }

    private static Digest digest(Bytes value, KeyFormatType format) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.sharedArray());
            return new Digest(HashingAlgorithm.SHA_256, Bytes.wrap(digest), format);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }
}
