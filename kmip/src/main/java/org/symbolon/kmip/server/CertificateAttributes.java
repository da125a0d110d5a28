package org.symbolon.kmip.server;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.key.KeyDer;
import org.symbolon.kmip.key.KeyParts;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CertificateIdentifier;
import org.symbolon.kmip.object.CertificateIssuer;
import org.symbolon.kmip.object.CertificateSubject;
import org.symbolon.kmip.object.X509CertificateIdentifier;
import org.symbolon.kmip.object.X509CertificateIssuer;
import org.symbolon.kmip.object.X509CertificateSubject;

/** What a certificate says of itself, as attributes (KMIP 2.1 section 4; the older ones KMIP 1.4 section 3). */
final class CertificateAttributes {
    private static final Map<String, DigitalSignatureAlgorithm> SIGNATURES = Map.ofEntries(
            Map.entry("SHA1WITHRSA", DigitalSignatureAlgorithm.SHA_1_WITH_RSA_ENCRYPTION),
            Map.entry("SHA224WITHRSA", DigitalSignatureAlgorithm.SHA_224_WITH_RSA_ENCRYPTION),
            Map.entry("SHA256WITHRSA", DigitalSignatureAlgorithm.SHA_256_WITH_RSA_ENCRYPTION),
            Map.entry("SHA384WITHRSA", DigitalSignatureAlgorithm.SHA_384_WITH_RSA_ENCRYPTION),
            Map.entry("SHA512WITHRSA", DigitalSignatureAlgorithm.SHA_512_WITH_RSA_ENCRYPTION),
            Map.entry("RSASSA-PSS", DigitalSignatureAlgorithm.RSASSA_PSS),
            Map.entry("SHA1WITHECDSA", DigitalSignatureAlgorithm.ECDSA_WITH_SHA_1),
            Map.entry("SHA224WITHECDSA", DigitalSignatureAlgorithm.ECDSA_WITH_SHA224),
            Map.entry("SHA256WITHECDSA", DigitalSignatureAlgorithm.ECDSA_WITH_SHA256),
            Map.entry("SHA384WITHECDSA", DigitalSignatureAlgorithm.ECDSA_WITH_SHA384),
            Map.entry("SHA512WITHECDSA", DigitalSignatureAlgorithm.ECDSA_WITH_SHA512));

    private CertificateAttributes() {}

    static Bytes subject(X509Certificate x509) {
        return Bytes.wrap(x509.getSubjectX500Principal().getEncoded());
    }

    static Bytes issuer(X509Certificate x509) {
        return Bytes.wrap(x509.getIssuerX500Principal().getEncoded());
    }

    static Bytes serial(X509Certificate x509) {
        return Bytes.wrap(KeyDer.integer(x509.getSerialNumber()));
    }

    /** Returns the attributes with those that follow from the certificate. */
    static Attributes of(X509Certificate x509, Attributes attributes) {
        Attributes named = DistinguishedName.parts("CertificateSubject", x509.getSubjectX500Principal(), attributes);
        Attributes all = DistinguishedName.parts("CertificateIssuer", x509.getIssuerX500Principal(), named)
                .with(AttributeType.X_509_CERTIFICATE_SUBJECT, new X509CertificateSubject(subject(x509), List.of()))
                .with(AttributeType.X_509_CERTIFICATE_ISSUER, new X509CertificateIssuer(issuer(x509), List.of()))
                .with(
                        AttributeType.X_509_CERTIFICATE_IDENTIFIER,
                        new X509CertificateIdentifier(issuer(x509), serial(x509)))
                .with(
                        AttributeType.CERTIFICATE_SUBJECT,
                        new CertificateSubject(text(x509.getSubjectX500Principal()), List.of()))
                .with(
                        AttributeType.CERTIFICATE_ISSUER,
                        new CertificateIssuer(text(x509.getIssuerX500Principal()), List.of()))
                .with(
                        AttributeType.CERTIFICATE_IDENTIFIER,
                        new CertificateIdentifier(
                                text(x509.getIssuerX500Principal()),
                                Bytes.wrap(KeyParts.unsigned(x509.getSerialNumber(), 1))
                                        .toHex()
                                        .toUpperCase(Locale.ROOT)));
        DigitalSignatureAlgorithm signature =
                SIGNATURES.get(x509.getSigAlgName().toUpperCase(Locale.ROOT));
        return ofKey(x509, signature == null ? all : all.with(AttributeType.DIGITAL_SIGNATURE_ALGORITHM, signature));
    }

    private static String text(X500Principal name) {
        return name.getName(X500Principal.RFC2253);
    }

    private static Attributes ofKey(X509Certificate x509, Attributes attributes) {
        // The JDK has no class for keys on curves that it does not know: their length is not said then.
        PublicKey key = x509.getPublicKey();
        Optional<CryptographicAlgorithm> algorithm = Optional.empty();
        int bits = 0;
        if (key instanceof RSAPublicKey rsa) {
            algorithm = Optional.of(CryptographicAlgorithm.RSA);
            bits = rsa.getModulus().bitLength();
        } else if (key instanceof ECPublicKey ec) {
            algorithm = Optional.of(CryptographicAlgorithm.EC);
            bits = ec.getParams().getOrder().bitLength();
        }
        return algorithm.isEmpty()
                ? attributes
                : Creation.orElse(
                        Creation.orElse(attributes, AttributeType.CRYPTOGRAPHIC_ALGORITHM, algorithm.get()),
                        AttributeType.CRYPTOGRAPHIC_LENGTH,
                        bits);
    }
}
