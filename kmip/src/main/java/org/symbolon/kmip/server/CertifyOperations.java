package org.symbolon.kmip.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CertificateRequestType;
import org.symbolon.kmip.enumeration.CertificateType;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.key.KeyDer;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Certify;
import org.symbolon.kmip.operation.ReCertify;
import org.symbolon.kmip.ttlv.Ttlv;

/** Certify and Re-certify (KMIP 2.1 sections 6.1.4 and 6.1.44): certificates by an authority whose key is in the token. */
final class CertifyOperations {
    private static final int UTF8_STRING = 0x0C;
    private static final int SET = 0x31;
    private static final Bytes COMMON_NAME = Bytes.ofHex("0603550403");

    private final ObjectStore store;
    private final Creation creation;
    private final NewObjects objects;
    private final Materials materials;

    CertifyOperations(ObjectStore store, Creation creation, NewObjects objects, Materials materials) {
        this.store = store;
        this.creation = creation;
        this.objects = objects;
        this.materials = materials;
    }

    void addTo(Handlers handlers) {
        handlers.add(Certify.Request.class, this::certify);
        handlers.add(ReCertify.Request.class, this::reCertify);
    }

    private Certify.Response certify(Certify.Request request, Batch batch) throws KmipFailure, TokenException {
        Attributes asked = creation.asked(request.attributes(), batch.version());
        Optional<Pkcs10> csr = request(
                request.certificateRequestType(), request.certificateRequestValue(), request.certificateRequest());
        Managed publicKey = store.require(batch.id(request.uniqueIdentifier()));
        Managed made = made(publicKey, csr, asked);
        return new Certify.Response(batch.hold(made.id(), UniqueIdentifierReference.CERTIFY), Attributes.NONE);
    }

    /** Reads a request, which 2.x has in a field and 1.x as an item of bytes. */
    private Optional<Pkcs10> request(@Nullable CertificateRequestType type, @Nullable Bytes field, @Nullable Ttlv item)
            throws KmipFailure, TokenException {
        Bytes value = item instanceof Ttlv.Octets octets ? octets.value() : field;
        if (value == null) {
            return Optional.empty();
        }
        Pkcs10 csr = Pkcs10.read(type, value);
        csr.requireSigned(store.session());
        return Optional.of(csr);
    }

    private Managed made(Managed publicKey, Optional<Pkcs10> csr, Attributes asked) throws KmipFailure, TokenException {
        if (publicKey.kept()) {
            store.requireChange(publicKey);
        }
        CertificateAuthority authority =
                CertificateAuthority.of(store, store.semantics().authority());
        byte[] key = publicKeyInfo(publicKey);
        if (csr.isPresent() && !csr.get().publicKey().equals(Bytes.wrap(key))) {
            throw new KmipFailure(ResultReason.INVALID_CSR, "the Certificate Request is for another key");
        }
        byte[] subject = csr.isPresent() ? csr.get().subject().toByteArray() : subject(publicKey);
        Bytes der = authority.certify(subject, key, CreateOperations.mask(asked));
        Attributes linked = Links.with(asked, LinkType.PUBLIC_KEY_LINK, publicKey);
        Managed made = objects.make(new Certificate(CertificateType.X_509, der), linked);
        if (publicKey.kept()) {
            Links.replace(store, publicKey, LinkType.CERTIFICATE_LINK, made);
        }
        return made;
    }

    private byte[] publicKeyInfo(Managed publicKey) throws KmipFailure, TokenException {
        if (!publicKey.type().equals(ObjectType.PUBLIC_KEY)) {
            throw new KmipFailure(ResultReason.INVALID_OBJECT_TYPE, "public keys are certified");
        }
        return Materials.block(materials.object(publicKey, KeyFormatType.X_509))
                .flatMap(KeyBlock::encoding)
                .orElseThrow(() -> new KmipFailure(ResultReason.INVALID_OBJECT_TYPE, "public keys are certified"))
                .toByteArray();
    }

    /** Returns whom to certify where no request says it: one whose common name is the key's Name. */
    private static byte[] subject(Managed publicKey) throws KmipFailure {
        byte[] name = publicKey
                .get(AttributeType.NAME)
                .orElseThrow(() -> new KmipFailure(
                        ResultReason.INVALID_FIELD, "send a Certificate Request, which says whom to certify"))
                .nameValue()
                .getBytes(StandardCharsets.UTF_8);
        byte[] commonName = KeyDer.sequence(COMMON_NAME.toByteArray(), KeyDer.value(UTF8_STRING, name));
        return KeyDer.sequence(KeyDer.value(SET, commonName));
    }

    private ReCertify.Response reCertify(ReCertify.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed old = store.require(batch.id(request.uniqueIdentifier()));
        if (!old.type().equals(ObjectType.CERTIFICATE) || !old.kept()) {
            throw new KmipFailure(
                    ResultReason.INVALID_OBJECT_TYPE, "certificates that were made or registered here are renewed");
        }
        store.requireChange(old);
        Attributes asked = creation.asked(request.attributes(), batch.version());
        Optional<Pkcs10> csr = request(
                request.certificateRequestType(), request.certificateRequestValue(), request.certificateRequest());
        Managed made = made(publicKey(old), csr, Links.with(named(old, asked), LinkType.REPLACED_OBJECT_LINK, old));
        Links.retire(store, old, made);
        return new ReCertify.Response(batch.hold(made.id(), UniqueIdentifierReference.RE_CERTIFY), Attributes.NONE);
    }

    /** Returns the attributes with the names of what is renewed before the new ones. */
    private static Attributes named(Managed old, Attributes asked) {
        Attributes ordered = Managed.without(asked, AttributeType.NAME);
        for (Name name : old.attributes().all(AttributeType.NAME)) {
            ordered = ordered.with(AttributeType.NAME, name);
        }
        for (Name name : asked.all(AttributeType.NAME)) {
            ordered = ordered.with(AttributeType.NAME, name);
        }
        return ordered;
    }

    private Managed publicKey(Managed certificate) throws KmipFailure, TokenException {
        for (Link link : certificate.attributes().all(AttributeType.LINK)) {
            if (link.linkType().equals(LinkType.PUBLIC_KEY_LINK)
                    && link.linkedObjectIdentifier() instanceof UniqueIdentifier.Text id) {
                return store.require(id.text());
            }
        }
        throw new KmipFailure(ResultReason.OBJECT_NOT_FOUND, "the certificate is linked to no public key");
    }
}
