package org.symbolon.kmip.token;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.kmip.key.KeyAttributes;
import org.symbolon.kmip.key.KeyDer;
import org.symbolon.kmip.key.KeyParts;
import org.symbolon.kmip.key.KeyReader;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.OpaqueObject;
import org.symbolon.kmip.object.PrivateKey;
import org.symbolon.kmip.object.PublicKey;
import org.symbolon.kmip.object.SymmetricKey;

/** What objects are made of, as PKCS #11 has it. */
final class Materials {
    private static final Logger LOG = LoggerFactory.getLogger(Materials.class);

    private Materials() {}

    /** Returns the attributes that an object's own bytes say; nothing where they are in no form that is known. */
    static Attributes of(ManagedObject object) throws TokenException {
        if (object instanceof Certificate certificate) {
            return certificate(certificate.certificateValue());
        } else if (object instanceof OpaqueObject opaque) {
            return Attributes.none().with(Attribute.VALUE, opaque.opaqueDataValue());
        }
        Optional<KeyBlock> block = block(object);
        Optional<KeyParts> parts =
                block.isPresent() ? KeyReader.read(object.objectType(), block.get()) : Optional.empty();
        if (parts.isEmpty()) {
            LOG.debug("an object of type {} has a key in a form that is not known", object.objectType());
            return Attributes.none();
        }
        if (parts.get() instanceof KeyParts.Secret secret) {
            return Attributes.none().with(Attribute.VALUE, secret.value());
        }
        Attributes key = KeyAttributes.asymmetric(parts.get()).attributes();
        Optional<Bytes> info = PublicKeys.subjectPublicKeyInfo(key);
        return info.isPresent() && object instanceof PublicKey ? key.with(Attribute.PUBLIC_KEY_INFO, info.get()) : key;
    }

    private static Optional<KeyBlock> block(ManagedObject object) {
        if (object instanceof PublicKey key) {
            return Optional.of(key.keyBlock());
        } else if (object instanceof PrivateKey key) {
            return Optional.of(key.keyBlock());
        }
        return object instanceof SymmetricKey key ? Optional.of(key.keyBlock()) : Optional.empty();
    }

    private static Attributes certificate(Bytes der) {
        Attributes known =
                Attributes.none().with(Attribute.CERTIFICATE_TYPE, 0L).with(Attribute.VALUE, der);
        try {
            X509Certificate x509 = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
            return known.with(
                            Attribute.SUBJECT,
                            Bytes.wrap(x509.getSubjectX500Principal().getEncoded()))
                    .with(
                            Attribute.ISSUER,
                            Bytes.wrap(x509.getIssuerX500Principal().getEncoded()))
                    .with(Attribute.SERIAL_NUMBER, Bytes.wrap(KeyDer.integer(x509.getSerialNumber())))
                    .with(
                            Attribute.PUBLIC_KEY_INFO,
                            Bytes.wrap(x509.getPublicKey().getEncoded()));
        } catch (CertificateException e) {
            LOG.debug("a certificate is shown as it is, since it is no X.509: {}", e.getMessage());
            return known;
        }
    }

    /** Returns what a private key's object shows of its public key. */
    static Attributes publicPart(Bytes publicKeyInfo) throws TokenException {
        Optional<KeyParts> parts = KeyReader.publicKey(publicKeyInfo);
        Attributes shown = Attributes.none().with(Attribute.PUBLIC_KEY_INFO, publicKeyInfo);
        if (parts.isEmpty()) {
            return shown;
        }
        Attributes key = KeyAttributes.asymmetric(parts.get()).attributes();
        for (Attribute<Bytes> attribute :
                java.util.List.of(Attribute.MODULUS, Attribute.PUBLIC_EXPONENT, Attribute.EC_PARAMS)) {
            if (key.has(attribute)) {
                shown = shown.with(attribute, key.get(attribute));
            }
        }
        return shown.with(Attribute.KEY_TYPE, key.get(Attribute.KEY_TYPE));
    }
}
