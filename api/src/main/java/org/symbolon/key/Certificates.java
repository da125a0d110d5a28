package org.symbolon.key;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Template;

/** Translates certificates into the attributes of certificate objects (PKCS #11 3.2 section 4.6). Thread-safe. */
public final class Certificates {
    private static final long X_509 = 0;
    private static final byte DER_INTEGER = 0x02;

    private Certificates() {}

    /**
     * Returns the attributes of the object that holds a certificate: class, type, subject, issuer, serial number and value.
     *
     * @param certificate the certificate
     * @return a template without label, id and CKA_TOKEN
     * @throws CertificateEncodingException if the certificate has no encoding
     */
    public static Template template(X509Certificate certificate) throws CertificateEncodingException {
        return Template.of(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .with(Attribute.CERTIFICATE_TYPE, X_509)
                .with(
                        Attribute.SUBJECT,
                        Bytes.wrap(certificate.getSubjectX500Principal().getEncoded()))
                .with(
                        Attribute.ISSUER,
                        Bytes.wrap(certificate.getIssuerX500Principal().getEncoded()))
                .with(Attribute.SERIAL_NUMBER, derInteger(certificate.getSerialNumber()))
                .with(Attribute.VALUE, Bytes.wrap(certificate.getEncoded()));
    }

    private static Bytes derInteger(BigInteger value) throws CertificateEncodingException {
        byte[] content = value.toByteArray();
        if (content.length > Byte.MAX_VALUE) {
            throw new CertificateEncodingException(
                    "The serial number has " + content.length + " bytes, at most " + Byte.MAX_VALUE + " are taken");
        }
        byte[] der = new byte[content.length + 2];
        der[0] = DER_INTEGER;
        der[1] = (byte) content.length;
        System.arraycopy(content, 0, der, 2, content.length);
        return Bytes.wrap(der);
    }
}
