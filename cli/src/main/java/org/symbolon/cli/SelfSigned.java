package org.symbolon.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A new key for TLS whose certificate it signs itself (RFC 5280), for peers that know each other's.
 *
 * @param keys the P-256 key pair
 * @param certificate the certificate, valid for a year
 */
record SelfSigned(KeyPair keys, Certificate certificate) {
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 63;
    private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    /** Makes a key and its certificate for a name, and for an address of the host that has it. */
    static SelfSigned make(String commonName, String address) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        TBSCertificate content = content(commonName, address, keys);
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(keys.getPrivate());
        signer.update(content.getEncoded());
        ASN1EncodableVector signed = new ASN1EncodableVector();
        signed.add(content);
        signed.add(ECDSA_WITH_SHA256);
        signed.add(new DERBitString(signer.sign()));
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(new DERSequence(signed).getEncoded()));
        return new SelfSigned(keys, certificate);
    }

    private static TBSCertificate content(String commonName, String address, KeyPair keys) throws IOException {
        X500Name name = new X500Name("CN=" + commonName);
        Instant now = Instant.now();
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE)));
        generator.setSignature(ECDSA_WITH_SHA256);
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(new Time(Date.from(now.minus(CLOCKS_APART))));
        generator.setEndDate(new Time(Date.from(now.plus(LIFETIME))));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        generator.setExtensions(extensions.generate());
        return generator.generateTBSCertificate();
    }

    /** Returns a PKCS #12 key store, not yet written, with the key under a password. */
    KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("key", keys.getPrivate(), password, new Certificate[] {certificate});
        return store;
    }

    /** Returns a key store that trusts the certificate. */
    KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setCertificateEntry("peer", certificate);
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
