package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CertificateType;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.PrivateKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * Private keys that come and go as PKCS #12 files (KMIP 1.4 section 2.1.3). The password is the secret data that the key links to;
 * the certificates are objects of their own, each linked to its issuer's.
 */
final class Pkcs12Exchange {
    private static final int MAX_CHAIN = 16;
    private static final String NAMELESS = "key";

    private final ObjectStore store;
    private final Materials materials;
    private final NewObjects objects;
    private final Use use;

    Pkcs12Exchange(ObjectStore store, Materials materials, NewObjects objects, Use use) {
        this.store = store;
        this.materials = materials;
        this.objects = objects;
        this.use = use;
    }

    /** Returns whether an object is a private key in a file. */
    static boolean isFile(ManagedObject object) {
        return object.objectType().equals(ObjectType.PRIVATE_KEY)
                && Materials.block(object)
                        .filter(block -> block.keyFormatType().equals(KeyFormatType.PKCS_12))
                        .isPresent();
    }

    /** Makes the objects of a file and returns the key. */
    Managed register(ManagedObject object, Attributes asked) throws KmipFailure, TokenException {
        Pkcs12.Content content;
        try (SecretBytes password = password(asked)) {
            content = Pkcs12.read(file(object), password, asked.get(AttributeType.PKCS_12_FRIENDLY_NAME));
        }
        try (SecretBytes pkcs8 = content.pkcs8()) {
            Attributes all = asked;
            Optional<Managed> own = certificates(content.chain(), asked);
            if (own.isPresent()) {
                all = Links.with(all, LinkType.PKCS_12_CERTIFICATE_LINK, own.get());
            }
            KeyBlock block = new KeyBlock(KeyFormatType.PKCS_8, null, KeyValue.Plain.of(pkcs8), null, null, null);
            return objects.make(
                    new PrivateKey(block),
                    Creation.orElse(all, AttributeType.CRYPTOGRAPHIC_ALGORITHM, Pkcs12.algorithm(content.algorithm())));
        }
    }

    private Optional<Managed> certificates(List<Bytes> chain, Attributes key) throws KmipFailure, TokenException {
        Optional<Managed> issuer = Optional.empty();
        for (int i = Math.min(chain.size(), MAX_CHAIN) - 1; i >= 0; i--) {
            Attributes linked = issuer.isPresent()
                    ? Links.with(Attributes.NONE, LinkType.PKCS_12_CERTIFICATE_LINK, issuer.get())
                    : Attributes.NONE;
            if (i == 0) {
                for (String name : key.all(AttributeType.PKCS_12_FRIENDLY_NAME)) {
                    linked = linked.with(AttributeType.PKCS_12_FRIENDLY_NAME, name);
                }
            }
            issuer = Optional.of(objects.make(new Certificate(CertificateType.X_509, chain.get(i)), linked));
        }
        return issuer;
    }

    private static Bytes file(ManagedObject object) throws KmipFailure {
        KeyBlock block = Materials.block(object).orElseThrow();
        if (block.keyValue() instanceof KeyValue.Wrapped bytes) {
            return bytes.bytes();
        }
        return block.encoding()
                .orElseThrow(() -> new KmipFailure(ResultReason.INVALID_FIELD, "the PKCS #12 file is missing"));
    }

    private SecretBytes password(Attributes key) throws KmipFailure, TokenException {
        Managed password = linked(key, LinkType.PKCS_12_PASSWORD_LINK)
                .orElseThrow(() -> new KmipFailure(
                        ResultReason.INVALID_FIELD, "the key has no link to the password of its PKCS #12 file"));
        use.permitProcessing(password, CryptographicUsageMask.DERIVE_KEY);
        return materials.secret(password);
    }

    private Optional<Managed> linked(Attributes attributes, LinkType type) throws KmipFailure, TokenException {
        for (Link link : attributes.all(AttributeType.LINK)) {
            if (link.linkType().equals(type) && link.linkedObjectIdentifier() instanceof UniqueIdentifier.Text id) {
                return Optional.of(store.require(id.text()));
            }
        }
        return Optional.empty();
    }

    /** Returns a private key and the certificates that it links to as a file. */
    ManagedObject file(Managed key, KmipVersion version) throws KmipFailure, TokenException {
        Bytes pkcs8 = Materials.block(materials.object(key, KeyFormatType.PKCS_8))
                .flatMap(KeyBlock::encoding)
                .orElseThrow(() -> new KmipFailure(
                        ResultReason.KEY_FORMAT_TYPE_NOT_SUPPORTED, "private keys are given in PKCS #12 files"));
        List<Bytes> chain = new ArrayList<>();
        Optional<Managed> next = linked(key.attributes(), LinkType.PKCS_12_CERTIFICATE_LINK);
        while (next.isPresent() && chain.size() < MAX_CHAIN) {
            if (!(materials.object(next.get(), null) instanceof Certificate certificate)) {
                throw new KmipFailure(ResultReason.INVALID_FIELD, "what is linked as a certificate is none");
            }
            chain.add(certificate.certificateValue());
            next = linked(next.get().attributes(), LinkType.PKCS_12_CERTIFICATE_LINK);
        }
        Bytes file;
        try (SecretBytes password = password(key.attributes());
                SecretBytes copy = SecretBytes.copyOf(pkcs8.sharedArray())) {
            file = Pkcs12.write(
                    new Pkcs12.Content(
                            copy,
                            Pkcs12.jcaName(
                                    CreateOperations.required(key.attributes(), AttributeType.CRYPTOGRAPHIC_ALGORITHM)),
                            chain),
                    password,
                    key.get(AttributeType.PKCS_12_FRIENDLY_NAME).orElse(NAMELESS));
        }
        // KMIP 1.4's cases have the file as the Key Value itself, 2.0's as the Key Material in it.
        boolean inMaterial = version.isAtLeast(KmipVersion.V2_0);
        return new PrivateKey(new KeyBlock(
                KeyFormatType.PKCS_12,
                null,
                inMaterial ? KeyValue.Plain.of(file) : new KeyValue.Wrapped(file),
                null,
                null,
                null));
    }
}
