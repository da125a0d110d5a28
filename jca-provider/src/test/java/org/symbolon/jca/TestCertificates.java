package org.symbolon.jca;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates with Bouncy Castle, which leaves it to the JCA who signs. */
final class TestCertificates {
    private static final BigInteger SERIAL = BigInteger.valueOf(0x5359);

    private TestCertificates() {}

    /** Returns the usual signature algorithm of a key. */
    static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }

    static X509Certificate selfSigned(String name, KeyPair keys) {
        return issue(name, keys.getPublic(), name, keys.getPublic(), keys.getPrivate(), algorithm(keys.getPublic()));
    }

    static X509Certificate issue(String name, PublicKey key, String issuer, KeyPair issuerKeys) {
        return issue(
                name, key, issuer, issuerKeys.getPublic(), issuerKeys.getPrivate(), algorithm(issuerKeys.getPublic()));
    }

    static X509Certificate issue(
            String name, PublicKey key, String issuer, PublicKey issuerKey, PrivateKey issuerSigner, String algorithm) {
        return issue(name, key, issuer, issuerKey, issuerSigner, new JcaContentSignerBuilder(algorithm));
    }

    static X509Certificate issue(
            String name,
            PublicKey key,
            String issuer,
            PublicKey issuerKey,
            PrivateKey issuerSigner,
            JcaContentSignerBuilder signing) {
        try {
            Instant now = Instant.now();
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=" + issuer),
                    SERIAL,
                    Date.from(now.minus(1, ChronoUnit.HOURS)),
                    Date.from(now.plus(1, ChronoUnit.DAYS)),
                    new X500Principal("CN=" + name),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(issuerKey));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            return new JcaX509CertificateConverter().getCertificate(builder.build(signing.build(issuerSigner)));
        } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
