package org.symbolon.kmip.server;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.key.KeyAttributes;
import org.symbolon.kmip.key.KeyParts;
import org.symbolon.kmip.key.KeyReader;
import org.symbolon.kmip.key.UsageFlags;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.OpaqueObject;

/**
 * Makes objects of what they consist of. Keys that the token can compute with and X.509 certificates become objects of their
 * class; everything else is kept as private data.
 */
final class NewObjects {
    private static final Logger LOG = LoggerFactory.getLogger(NewObjects.class);

    private final ObjectStore store;
    private final Creation creation;

    NewObjects(ObjectStore store, Creation creation) {
        this.store = store;
        this.creation = creation;
    }

    /** Makes an object with what its client says of it, which was checked before. */
    Managed make(ManagedObject object, Attributes asked) throws KmipFailure, TokenException {
        return store(object, creation.complete(object.objectType(), described(object, asked)));
    }

    /** Returns the attributes with what the object says of itself. */
    static Attributes described(ManagedObject object, Attributes asked) throws KmipFailure {
        Attributes all = asked;
        Optional<KeyBlock> found = Materials.block(object);
        if (found.isPresent()) {
            KeyBlock block = found.get();
            all = Creation.orElse(all, AttributeType.KEY_FORMAT_TYPE, block.keyFormatType());
            if (block.keyValue() == null) {
                all = Creation.orElse(all, AttributeType.KEY_VALUE_PRESENT, false);
            }
            if (block.cryptographicAlgorithm() != null) {
                requireSame(all, AttributeType.CRYPTOGRAPHIC_ALGORITHM, block.cryptographicAlgorithm());
                all = Creation.orElse(all, AttributeType.CRYPTOGRAPHIC_ALGORITHM, block.cryptographicAlgorithm());
            }
            if (block.cryptographicLength() != null) {
                requireSame(all, AttributeType.CRYPTOGRAPHIC_LENGTH, block.cryptographicLength());
                all = Creation.orElse(all, AttributeType.CRYPTOGRAPHIC_LENGTH, block.cryptographicLength());
            }
        } else if (object instanceof org.symbolon.kmip.object.Template template) {
            for (Name name : template.attributes().all(AttributeType.NAME)) {
                all = all.all(AttributeType.NAME).contains(name) ? all : all.with(AttributeType.NAME, name);
            }
        } else if (object instanceof OpaqueObject opaque) {
            all = Creation.orElse(all, AttributeType.OPAQUE_DATA_TYPE, opaque.opaqueDataType());
        } else if (object instanceof Certificate certificate) {
            all = Creation.orElse(all, AttributeType.CERTIFICATE_TYPE, certificate.certificateType());
            all = Creation.orElse(
                    all,
                    AttributeType.CERTIFICATE_LENGTH,
                    certificate.certificateValue().length());
        }
        return all;
    }

    private static <T> void requireSame(Attributes all, AttributeType<T> type, T value) throws KmipFailure {
        if (all.get(type).filter(said -> !said.equals(value)).isPresent()) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "the attribute " + type + " and the key block differ");
        }
    }

    private Managed store(ManagedObject object, Attributes attributes) throws KmipFailure, TokenException {
        Optional<KeyBlock> block = Materials.block(object);
        if (block.isPresent() && isKey(object.objectType())) {
            Optional<KeyParts> parts = KeyReader.read(object.objectType(), block.get());
            Optional<Managed> key = parts.isPresent() ? key(parts.get(), attributes) : Optional.empty();
            if (key.isPresent()) {
                return key.get();
            }
        }
        if (object instanceof Certificate certificate) {
            Optional<X509Certificate> x509 = parse(certificate.certificateValue());
            if (x509.isPresent()) {
                return certificate(certificate.certificateValue(), x509.get(), attributes);
            }
        }
        return kept(object, attributes);
    }

    /** Keeps an object as data. */
    Managed kept(ManagedObject object, Attributes attributes) throws KmipFailure, TokenException {
        try (SecretBytes stored = StoredTtlv.of(object)) {
            return store.create(
                    Template.of(Attribute.CLASS, ObjectClass.DATA)
                            .with(Attribute.PRIVATE, true)
                            .with(Attribute.VALUE, stored),
                    attributes);
        }
    }

    private static boolean isKey(ObjectType type) {
        return List.of(ObjectType.SYMMETRIC_KEY, ObjectType.PUBLIC_KEY, ObjectType.PRIVATE_KEY)
                .contains(type);
    }

    /** Makes a key of the token; empty where the token has no such keys. */
    private Optional<Managed> key(KeyParts parts, Attributes attributes) throws KmipFailure, TokenException {
        Template material;
        Attributes complete = Creation.orElse(attributes, AttributeType.CRYPTOGRAPHIC_LENGTH, parts.bits());
        if (parts instanceof KeyParts.Secret secret) {
            CryptographicAlgorithm algorithm =
                    attributes.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM).orElse(null);
            KeyType type = algorithm == null
                    ? null
                    : KeyAttributes.secretType(algorithm).orElse(null);
            if (type == null) {
                return Optional.empty();
            }
            material = KeyAttributes.secret(secret, type);
        } else {
            material = KeyAttributes.asymmetric(parts);
        }
        ObjectClass objectClass = material.attributes().get(Attribute.CLASS);
        KeyType keyType = material.attributes().get(Attribute.KEY_TYPE);
        Template secrecy =
                objectClass.equals(ObjectClass.PUBLIC_KEY) ? Template.empty() : CreateOperations.secrecy(attributes);
        Template template =
                material.and(secrecy).and(UsageFlags.of(CreateOperations.mask(attributes), objectClass, keyType));
        try {
            return Optional.of(store.create(template, complete));
        } catch (InvalidAttributeException e) {
            LOG.debug("a registered key is kept as data, since the token does not take it: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns a certificate; empty for what is no X.509. */
    static Optional<X509Certificate> parse(Bytes der) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toByteArray())));
        } catch (CertificateException e) {
            LOG.debug("a certificate is kept as data, since it is no X.509: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Managed certificate(Bytes der, X509Certificate x509, Attributes attributes)
            throws KmipFailure, TokenException {
        return store.create(
                Template.of(Attribute.CLASS, ObjectClass.CERTIFICATE)
                        .with(Attribute.CERTIFICATE_TYPE, 0L)
                        .with(Attribute.SUBJECT, CertificateAttributes.subject(x509))
                        .with(Attribute.ISSUER, CertificateAttributes.issuer(x509))
                        .with(Attribute.SERIAL_NUMBER, CertificateAttributes.serial(x509))
                        .with(Attribute.VALUE, der),
                CertificateAttributes.of(x509, attributes));
    }
}
