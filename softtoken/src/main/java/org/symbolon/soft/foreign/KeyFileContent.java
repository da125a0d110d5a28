package org.symbolon.soft.foreign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.soft.engine.KeyCompletion;
import org.symbolon.soft.engine.PrivateKeyDecoding;
import org.symbolon.soft.object.ObjectKind;
import org.symbolon.soft.object.SecretValues;
import org.symbolon.soft.seal.Sha256;

/** Collects the objects of a key file: each private key with its public half, certificates, secret keys. */
final class KeyFileContent {
    private static final int MAX_OBJECTS = 3_000;
    private static final int ID_BYTES = 16;

    private final List<Attributes> objects = new ArrayList<>();
    private final Map<Bytes, String> names = new HashMap<>();

    List<Attributes> objects() {
        return objects;
    }

    private void add(Attributes object) throws ForeignFormatException {
        if (objects.size() == MAX_OBJECTS) {
            throw ForeignFormatException.malformed("the file has more than " + MAX_OBJECTS + " keys and certificates");
        }
        objects.add(object);
    }

    /** Adds a private key and its public half; wipes the encoding. */
    void privateKey(byte[] pkcs8, Optional<String> name) throws ForeignFormatException {
        try {
            Attributes decoded = PrivateKeyDecoding.decode(pkcs8).with(Attribute.CLASS, ObjectClass.PRIVATE_KEY);
            Attributes complete =
                    KeyCompletion.complete(decoded, ObjectKind.of(decoded).secrets());
            SecretValues.wipe(decoded);
            Bytes info = complete.get(Attribute.PUBLIC_KEY_INFO);
            Bytes id = id(info);
            name.ifPresent(text -> names.put(id, text));
            add(named(withOnlyUse(complete), id, name));
            add(named(publicHalf(complete, info), id, name));
        } catch (IllegalArgumentException | TokenException e) {
            throw ForeignFormatException.malformed("a private key is malformed or of a type that is not known");
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** Lets keys derive that can do nothing else, which PKCS #11's default does not. */
    private static Attributes withOnlyUse(Attributes key) {
        boolean agreesOnly = key.get(Attribute.KEY_TYPE).equals(KeyType.EC_MONTGOMERY);
        return agreesOnly ? key.with(Attribute.DERIVE, true) : key;
    }

    private static Attributes publicHalf(Attributes key, Bytes info) {
        KeyType type = key.get(Attribute.KEY_TYPE);
        Attributes.Builder half = Attributes.builder()
                .set(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .set(Attribute.KEY_TYPE, type);
        byte[] bits = SubjectPublicKeyInfo.getInstance(info.sharedArray())
                .getPublicKeyData()
                .getOctets();
        if (type.equals(KeyType.RSA)) {
            half.set(Attribute.MODULUS, key.get(Attribute.MODULUS))
                    .set(Attribute.PUBLIC_EXPONENT, key.get(Attribute.PUBLIC_EXPONENT));
        } else if (key.has(Attribute.EC_PARAMS)) {
            half.set(Attribute.EC_PARAMS, key.get(Attribute.EC_PARAMS)).set(Attribute.EC_POINT, octetString(bits));
        } else if (key.has(Attribute.PARAMETER_SET)) {
            half.set(Attribute.PARAMETER_SET, key.get(Attribute.PARAMETER_SET)).set(Attribute.VALUE, Bytes.wrap(bits));
        } else {
            throw new IllegalArgumentException("keys of type " + type + " are not imported");
        }
        return half.build();
    }

    private static Bytes octetString(byte[] content) {
        try {
            return Bytes.wrap(new DEROctetString(content).getEncoded());
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    /** Adds a secret key that stands in a PKCS #8 structure, as the JDK writes them; wipes the encoding. */
    void secretKey(byte[] pkcs8, Optional<String> name) throws ForeignFormatException {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
            boolean aes = info.getPrivateKeyAlgorithm().getAlgorithm().on(NISTObjectIdentifiers.aes)
                    || info.getPrivateKeyAlgorithm().getAlgorithm().equals(NISTObjectIdentifiers.aes);
            byte[] value = ASN1OctetString.getInstance(info.getPrivateKey()).getOctets();
            secretKey(value, aes ? KeyType.AES : KeyType.GENERIC_SECRET, name);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** Adds a secret key, whose value is taken over. */
    void secretKey(byte[] value, KeyType type, Optional<String> name) throws ForeignFormatException {
        Attributes key = Attributes.builder()
                .set(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .set(Attribute.KEY_TYPE, type)
                .set(Attribute.VALUE, SecretBytes.takeOver(value))
                .build();
        try {
            Attributes complete = KeyCompletion.complete(key, ObjectKind.of(key).secrets());
            add(named(complete, Bytes.empty(), name));
        } catch (TokenException e) {
            throw ForeignFormatException.malformed(String.valueOf(e.getMessage()));
        } finally {
            SecretValues.wipe(key);
        }
    }

    void certificate(byte[] der, Optional<String> name) throws ForeignFormatException {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            Attributes object = Attributes.builder()
                    .set(Attribute.CLASS, ObjectClass.CERTIFICATE)
                    .set(Attribute.CERTIFICATE_TYPE, 0L)
                    .set(Attribute.VALUE, Bytes.wrap(certificate.getEncoded()))
                    .set(
                            Attribute.SUBJECT,
                            Bytes.wrap(certificate.getSubjectX500Principal().getEncoded()))
                    .set(
                            Attribute.ISSUER,
                            Bytes.wrap(certificate.getIssuerX500Principal().getEncoded()))
                    .set(
                            Attribute.SERIAL_NUMBER,
                            Bytes.wrap(
                                    new org.bouncycastle.asn1.ASN1Integer(certificate.getSerialNumber()).getEncoded()))
                    .build();
            Bytes id = id(Bytes.wrap(certificate.getPublicKey().getEncoded()));
            add(named(object, id, name.or(() -> Optional.of(commonName(certificate.getSubjectX500Principal())))));
        } catch (GeneralSecurityException | IOException e) {
            throw ForeignFormatException.malformed("a certificate is malformed: " + e.getMessage());
        }
    }

    private static String commonName(X500Principal subject) {
        String name = subject.getName();
        int start = name.startsWith("CN=") ? 0 : name.indexOf(",CN=") + 1;
        if (!name.startsWith("CN=", start)) {
            return name;
        }
        int end = name.indexOf(',', start);
        return name.substring(start + 3, end < 0 ? name.length() : end);
    }

    /** A key, its public half and its certificates have one id, and a certificate without a name its key's. */
    private Attributes named(Attributes object, Bytes id, Optional<String> name) {
        Attributes.Builder named = Attributes.builder().setAll(object).set(Attribute.TOKEN, true);
        if (!id.isEmpty()) {
            named.set(Attribute.ID, id);
        }
        name.or(() -> Optional.ofNullable(names.get(id))).ifPresent(text -> named.set(Attribute.LABEL, text));
        return named.build();
    }

    private static Bytes id(Bytes publicKeyInfo) {
        return Bytes.wrap(Arrays.copyOf(Sha256.digest(publicKeyInfo.sharedArray()), ID_BYTES));
    }
}
