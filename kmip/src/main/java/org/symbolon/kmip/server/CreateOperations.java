package org.symbolon.kmip.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.SecretDataType;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.key.KeyAttributes;
import org.symbolon.kmip.key.UsageFlags;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.SecretData;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;

/** Create and Create Key Pair (KMIP 2.1 sections 6.1.8 and 6.1.9). */
final class CreateOperations {
    private static final CryptographicUsageMask NOTHING = new CryptographicUsageMask(0);
    private static final int MAX_BITS = 8192;
    private static final int ID_BYTES = 20;
    private static final int QUANTUM_SAFE_BITS = 256;

    private final ObjectStore store;
    private final Creation creation;
    private final NewObjects objects;

    CreateOperations(ObjectStore store, Creation creation, NewObjects objects) {
        this.objects = objects;
        this.store = store;
        this.creation = creation;
    }

    void addTo(Handlers handlers) {
        handlers.add(Create.Request.class, this::create);
        handlers.add(CreateKeyPair.Request.class, this::createKeyPair);
    }

    private Create.Response create(Create.Request request, Batch batch) throws KmipFailure, TokenException {
        boolean secret = request.objectType().equals(ObjectType.SECRET_DATA);
        if (!secret && !request.objectType().equals(ObjectType.SYMMETRIC_KEY)) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "symmetric keys and secret data are created here, not "
                            + request.objectType().xmlName());
        }
        Attributes asked = creation.asked(request.attributes(), batch.version());
        int bits = required(asked, AttributeType.CRYPTOGRAPHIC_LENGTH);
        if (bits < Byte.SIZE || bits > MAX_BITS || bits % Byte.SIZE != 0) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "the Cryptographic Length is 8 to " + MAX_BITS + " bits, a multiple of 8, not " + bits);
        }
        Managed created = secret ? secretData(bits / Byte.SIZE, asked) : symmetric(bits, asked);
        return new Create.Response(
                request.objectType(), batch.hold(created.id(), UniqueIdentifierReference.CREATE), Attributes.NONE);
    }

    /** Makes random secret data, which nobody knows until it is asked for. */
    private Managed secretData(int bytes, Attributes asked) throws KmipFailure, TokenException {
        try (SecretBytes value = SecretBytes.takeOver(store.session().random(bytes))) {
            KeyBlock block = new KeyBlock(KeyFormatType.OPAQUE, null, KeyValue.Plain.of(value), null, null, null);
            Attributes attributes = creation.generated(ObjectType.SECRET_DATA, asked);
            return objects.kept(new SecretData(SecretDataType.PASSWORD, block), attributes);
        }
    }

    private Managed symmetric(int bits, Attributes asked) throws KmipFailure, TokenException {
        CryptographicAlgorithm algorithm = required(asked, AttributeType.CRYPTOGRAPHIC_ALGORITHM);
        if (asked.get(AttributeType.QUANTUM_SAFE).equals(Optional.of(true)) && bits < QUANTUM_SAFE_BITS) {
            // the reason that OASIS's cases have for it
            throw new KmipFailure(
                    ResultReason.GENERAL_FAILURE,
                    "a symmetric key that is Quantum Safe has " + QUANTUM_SAFE_BITS + " bits, not " + bits);
        }
        Attributes attributes = creation.generated(ObjectType.SYMMETRIC_KEY, asked);
        return generated(algorithm, bits / Byte.SIZE, attributes);
    }

    /** Makes a symmetric key with all its attributes. */
    Managed generated(CryptographicAlgorithm algorithm, int bytes, Attributes attributes)
            throws KmipFailure, TokenException {
        KeyType type = KeyAttributes.secretType(algorithm).orElse(null);
        Mechanism mechanism = type == null ? null : generation(type, bytes);
        if (type == null || mechanism == null) {
            return kept(algorithm, bytes, attributes);
        }
        Template template = secrecy(attributes)
                .and(UsageFlags.of(mask(attributes), ObjectClass.SECRET_KEY, type))
                .and(store.keeping(attributes));
        return store.reread(KeptAttributes.orRefused(() -> store.session().generateKey(mechanism, template)));
    }

    private static @Nullable Mechanism generation(KeyType type, int bytes) {
        if (type.equals(KeyType.AES)) {
            return bytes == 16 || bytes == 24 || bytes == 32 ? Mechanism.AES_KEY_GEN.bytes(bytes) : null;
        } else if (type.equals(KeyType.DES3)) {
            return bytes == 24 ? Mechanism.DES3_KEY_GEN : null;
        } else if (type.equals(KeyType.CHACHA20)) {
            return bytes == 32 ? Mechanism.CHACHA20_KEY_GEN : null;
        }
        return Mechanism.GENERIC_SECRET_KEY_GEN.bytes(bytes);
    }

    /** Keeps a key of an algorithm that the token does not have, as data. */
    private Managed kept(CryptographicAlgorithm algorithm, int bytes, Attributes attributes)
            throws KmipFailure, TokenException {
        try (SecretBytes value = SecretBytes.takeOver(store.session().random(bytes))) {
            return objects.kept(
                    new SymmetricKey(KeyBlock.of(KeyFormatType.RAW, value, algorithm, bytes * Byte.SIZE)), attributes);
        }
    }

    /** Returns the flags that keep a key in the token, or let it out as KMIP does where nothing is said. */
    static Template secrecy(Attributes attributes) {
        return Template.of(Attribute.PRIVATE, true)
                .with(
                        Attribute.SENSITIVE,
                        attributes.get(AttributeType.SENSITIVE).orElse(false))
                .with(
                        Attribute.EXTRACTABLE,
                        attributes.get(AttributeType.EXTRACTABLE).orElse(true));
    }

    static CryptographicUsageMask mask(Attributes attributes) {
        return attributes.get(AttributeType.CRYPTOGRAPHIC_USAGE_MASK).orElse(NOTHING);
    }

    static <T> T required(Attributes attributes, AttributeType<T> type) throws KmipFailure {
        return attributes
                .get(type)
                .orElseThrow(() -> new KmipFailure(ResultReason.INVALID_FIELD, type + " is missing"));
    }

    private CreateKeyPair.Response createKeyPair(CreateKeyPair.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Pair pair = pair(
                creation.asked(
                        Creation.merged(request.commonAttributes(), request.privateKeyAttributes()), batch.version()),
                creation.asked(
                        Creation.merged(request.commonAttributes(), request.publicKeyAttributes()), batch.version()));
        return new CreateKeyPair.Response(
                batch.hold(
                        pair.privateKey.id(),
                        UniqueIdentifierReference.CREATE_KEY_PAIR,
                        UniqueIdentifierReference.CREATE_KEY_PAIR_PRIVATE_KEY),
                batch.remember(pair.publicKey.id(), UniqueIdentifierReference.CREATE_KEY_PAIR_PUBLIC_KEY),
                Attributes.NONE,
                Attributes.NONE);
    }

    /** The two keys of a pair. */
    record Pair(Managed privateKey, Managed publicKey) {}

    /** Makes a key pair with what is asked for its keys. */
    Pair pair(Attributes privateAsked, Attributes publicAsked) throws KmipFailure, TokenException {
        CryptographicAlgorithm algorithm = required(privateAsked, AttributeType.CRYPTOGRAPHIC_ALGORITHM);
        Mechanism mechanism = generation(algorithm, privateAsked);
        int bits = bits(mechanism, privateAsked);
        Attributes privateKey = withLength(creation.generated(ObjectType.PRIVATE_KEY, privateAsked), algorithm, bits);
        Attributes publicKey = withLength(creation.generated(ObjectType.PUBLIC_KEY, publicAsked), algorithm, bits);
        KeyType type = keyType(mechanism);
        Template common = Template.of(Attribute.ID, Bytes.wrap(store.session().random(ID_BYTES)));
        Template keptPublic = store.keeping(publicKey);
        Template keptPrivate = store.keeping(privateKey);
        KeyPairObject pair = KeptAttributes.orRefused(() -> store.session()
                .generateKeyPair(
                        mechanism,
                        common.and(UsageFlags.of(mask(publicKey), ObjectClass.PUBLIC_KEY, type))
                                .and(keptPublic),
                        common.and(secrecy(privateKey))
                                .and(UsageFlags.of(mask(privateKey), ObjectClass.PRIVATE_KEY, type))
                                .and(keptPrivate)));
        return new Pair(store.reread(pair.privateKey()), store.reread(pair.publicKey()));
    }

    private static Attributes withLength(Attributes attributes, CryptographicAlgorithm algorithm, int bits) {
        Attributes named = Creation.orElse(attributes, AttributeType.CRYPTOGRAPHIC_ALGORITHM, algorithm);
        return Creation.orElse(named, AttributeType.CRYPTOGRAPHIC_LENGTH, bits);
    }

    private static Mechanism generation(CryptographicAlgorithm algorithm, Attributes asked) throws KmipFailure {
        if (algorithm.equals(CryptographicAlgorithm.RSA)) {
            return Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(required(asked, AttributeType.CRYPTOGRAPHIC_LENGTH));
        } else if (algorithm.equals(CryptographicAlgorithm.ED25519)) {
            return Mechanism.keyPairGen(NamedCurve.ED25519);
        } else if (algorithm.equals(CryptographicAlgorithm.ED448)) {
            return Mechanism.keyPairGen(NamedCurve.ED448);
        } else if (algorithm.equals(CryptographicAlgorithm.EC)
                || algorithm.equals(CryptographicAlgorithm.ECDSA)
                || algorithm.equals(CryptographicAlgorithm.ECDH)) {
            return Mechanism.keyPairGen(curve(asked));
        }
        throw new KmipFailure(
                ResultReason.INVALID_FIELD,
                "key pairs of RSA, EC, ECDSA, ECDH, Ed25519 and Ed448 are made here, not of " + algorithm.xmlName());
    }

    private static NamedCurve curve(Attributes asked) throws KmipFailure {
        Optional<NamedCurve> named = DomainParameters.curve(asked);
        if (named.isPresent()) {
            return named.get();
        }
        int bits = required(asked, AttributeType.CRYPTOGRAPHIC_LENGTH);
        return switch (bits) {
            case 224 -> NamedCurve.P224;
            case 256 -> NamedCurve.P256;
            case 384 -> NamedCurve.P384;
            case 521 -> NamedCurve.P521;
            default ->
                throw new KmipFailure(
                        ResultReason.INVALID_FIELD,
                        "name a curve in the Cryptographic Domain Parameters; none is usual with " + bits + " bits");
        };
    }

    private static KeyType keyType(Mechanism mechanism) {
        return mechanism.parameters() instanceof org.symbolon.MechanismParameters.CurveKeyPair onCurve
                ? onCurve.curve().keyType()
                : KeyType.RSA;
    }

    private static int bits(Mechanism mechanism, Attributes asked) throws KmipFailure {
        return mechanism.parameters() instanceof org.symbolon.MechanismParameters.CurveKeyPair onCurve
                ? onCurve.curve() == NamedCurve.P521 ? 521 : onCurve.curve().fieldBytes() * Byte.SIZE
                : required(asked, AttributeType.CRYPTOGRAPHIC_LENGTH);
    }
}
