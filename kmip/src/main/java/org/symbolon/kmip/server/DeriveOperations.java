package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters.Ecdh;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.DerivationMethod;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.SecretDataType;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.DerivationParameters;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.SecretData;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.DeriveKey;

/**
 * Derive Key (KMIP 2.1 section 6.1.12). A shared secret of two key pairs is computed by the token; what hashes, encrypts or codes
 * needs the base in this JVM, so that the token must give it out.
 */
final class DeriveOperations {
    private static final int MAX_BITS = 8192;
    private static final int MAX_BASES = 8;

    private final ObjectStore store;
    private final Creation creation;
    private final NewObjects objects;
    private final Materials materials;
    private final Use use;

    DeriveOperations(ObjectStore store, Creation creation, NewObjects objects, Materials materials, Use use) {
        this.store = store;
        this.creation = creation;
        this.objects = objects;
        this.materials = materials;
        this.use = use;
    }

    void addTo(Handlers handlers) {
        handlers.add(DeriveKey.Request.class, this::derive);
    }

    private DeriveKey.Response derive(DeriveKey.Request request, Batch batch) throws KmipFailure, TokenException {
        Attributes asked = creation.asked(request.attributes(), batch.version());
        int bits = CreateOperations.required(asked, AttributeType.CRYPTOGRAPHIC_LENGTH);
        if (bits < Byte.SIZE || bits > MAX_BITS || bits % Byte.SIZE != 0) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "the Cryptographic Length is 8 to " + MAX_BITS + " bits, a multiple of 8, not " + bits);
        }
        List<Managed> bases = bases(request.uniqueIdentifiers(), batch);
        Managed derived;
        try (SecretBytes value = SecretBytes.takeOver(value(request, bases, bits / Byte.SIZE))) {
            derived = objects.make(object(request.objectType(), value, asked, bits), asked);
        }
        return new DeriveKey.Response(linked(derived, bases, batch), Attributes.NONE);
    }

    /** Returns the objects to derive from; the ID Placeholder is none of them. */
    private List<Managed> bases(List<UniqueIdentifier> ids, Batch batch) throws KmipFailure, TokenException {
        if (ids.isEmpty() || ids.size() > MAX_BASES) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "a key is derived from 1 to " + MAX_BASES + " objects, which are named");
        }
        List<Managed> bases = new ArrayList<>();
        for (UniqueIdentifier id : ids) {
            Managed base = store.require(batch.id(id));
            use.permitProtecting(base, CryptographicUsageMask.DERIVE_KEY);
            bases.add(base);
        }
        return bases;
    }

    private static ManagedObject object(ObjectType type, SecretBytes value, Attributes asked, int bits)
            throws KmipFailure {
        if (type.equals(ObjectType.SYMMETRIC_KEY)) {
            CryptographicAlgorithm algorithm = CreateOperations.required(asked, AttributeType.CRYPTOGRAPHIC_ALGORITHM);
            return new SymmetricKey(KeyBlock.of(KeyFormatType.RAW, value, algorithm, bits));
        } else if (type.equals(ObjectType.SECRET_DATA)) {
            return new SecretData(
                    SecretDataType.SEED,
                    new KeyBlock(KeyFormatType.RAW, null, KeyValue.Plain.of(value), null, null, null));
        }
        throw new KmipFailure(
                ResultReason.INVALID_FIELD, "symmetric keys and secret data are derived, not a " + type.xmlName());
    }

    private UniqueIdentifier linked(Managed derived, List<Managed> bases, Batch batch)
            throws KmipFailure, TokenException {
        Managed all = derived;
        for (Managed base : bases) {
            all = Links.add(store, all, LinkType.DERIVATION_BASE_OBJECT_LINK, base);
            if (base.kept()) {
                Links.add(store, base, LinkType.DERIVED_KEY_LINK, derived);
            }
        }
        return batch.hold(derived.id(), UniqueIdentifierReference.DERIVE_KEY);
    }

    private byte[] value(DeriveKey.Request request, List<Managed> bases, int length)
            throws KmipFailure, TokenException {
        DerivationMethod method = request.derivationMethod();
        DerivationParameters said = request.derivationParameters();
        CryptographicParameters parameters = said.cryptographicParameters();
        if (method.equals(DerivationMethod.ASYMMETRIC_KEY)) {
            return new Derivation(HashAlgorithm.SHA_256, length).first(agreed(bases));
        }
        HashAlgorithm hash = Mechanisms.hash(parameters)
                .orElse(method.equals(DerivationMethod.PBKDF2) ? HashAlgorithm.SHA_1 : HashAlgorithm.SHA_256);
        Derivation derivation = new Derivation(hash, length);
        try (SecretBytes base = materials.secret(bases.get(0))) {
            if (method.equals(DerivationMethod.PBKDF2)) {
                return derivation.pbkdf2(base, said.salt(), said.iterationCount());
            } else if (method.equals(DerivationMethod.HASH)) {
                return derivation.hash(hashed(base, said));
            }
            Bytes data = data(said, bases);
            if (method.equals(DerivationMethod.HMAC)) {
                return derivation.hmac(base, data);
            } else if (method.equals(DerivationMethod.HKDF)) {
                return derivation.hkdf(base, said.salt(), data);
            } else if (method.equals(DerivationMethod.NIST800_108_C)) {
                return derivation.counter(base, data);
            } else if (method.equals(DerivationMethod.NIST800_108_F)) {
                return derivation.feedback(base, said.initializationVector(), data);
            } else if (method.equals(DerivationMethod.NIST800_108_DPI)) {
                return derivation.doublePipeline(base, data);
            } else if (method.equals(DerivationMethod.ENCRYPT)) {
                return derivation.first(encrypted(bases.get(0), base, said, data));
            }
        }
        throw new KmipFailure(
                ResultReason.FEATURE_NOT_SUPPORTED, "keys are not derived here by the method " + method.xmlName());
    }

    /** Returns what is hashed: the key, or the data where there is some; both at once would leave their order open. */
    private static Bytes hashed(SecretBytes base, DerivationParameters said) throws KmipFailure {
        if (!said.derivationDatas().isEmpty()) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD, "the method Hash hashes the key; leave the Derivation Data out");
        }
        return base;
    }

    /** Returns the Derivation Data, or the bytes of a second object that holds them (KMIP 2.1 section 6.1.12). */
    private Bytes data(DerivationParameters said, List<Managed> bases) throws KmipFailure, TokenException {
        if (!said.derivationDatas().isEmpty() && bases.size() > 1) {
            throw new KmipFailure(
                    ResultReason.INVALID_MESSAGE, "Derivation Data came, and a second object in its place too");
        } else if (said.derivationDatas().size() == 1) {
            return said.derivationDatas().get(0);
        } else if (said.derivationDatas().isEmpty() && bases.size() == 2) {
            return materials.secret(bases.get(1));
        }
        throw new KmipFailure(
                ResultReason.INVALID_FIELD,
                "this derivation takes one Derivation Data, or a second object in its place");
    }

    private static byte[] encrypted(Managed base, SecretBytes key, DerivationParameters said, Bytes data)
            throws KmipFailure, TokenException {
        CryptographicAlgorithm algorithm = base.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM)
                .orElseThrow(() -> new KmipFailure(
                        ResultReason.INVALID_OBJECT_TYPE, "a key of a cipher encrypts, and the object is none"));
        return LocalCipher.start(
                        true,
                        algorithm,
                        key,
                        Mechanisms.parameters(base, said.cryptographicParameters()),
                        said.initializationVector(),
                        Bytes.empty())
                .run(data.sharedArray());
    }

    /** Returns the shared secret of a private and a public key, computed by the token. */
    private byte[] agreed(List<Managed> bases) throws KmipFailure, TokenException {
        Managed mine = only(bases, ObjectType.PRIVATE_KEY);
        Managed theirs = only(bases, ObjectType.PUBLIC_KEY);
        Optional<Bytes> point = store.session()
                .getAttributes(theirs.object(), Set.of(Attribute.CLASS, Attribute.EC_POINT))
                .find(Attribute.EC_POINT);
        if (point.isEmpty()) {
            throw new KmipFailure(ResultReason.INVALID_OBJECT_TYPE, "two keys of one curve agree on a secret");
        }
        KeyObject secret = store.session()
                .deriveKey(
                        Use.computing(mine),
                        Mechanism.ECDH1_DERIVE.of(new Ecdh(point.get())),
                        Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                                .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                                .with(Attribute.SENSITIVE, false)
                                .with(Attribute.EXTRACTABLE, true));
        try {
            return store.session()
                    .getAttributes(secret, Set.of(Attribute.VALUE))
                    .get(Attribute.VALUE)
                    .toByteArray();
        } finally {
            store.session().destroy(secret);
        }
    }

    private static Managed only(List<Managed> bases, ObjectType type) throws KmipFailure {
        @Nullable Managed found = null;
        for (Managed base : bases) {
            if (base.type().equals(type)) {
                found = found == null ? base : null;
            }
        }
        if (found == null || bases.size() != 2) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD, "name a private key and the public key that it agrees with");
        }
        return found;
    }
}
