package org.symbolon.ssh.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.symbolon.ssh.Text;

/** How a certificate is named in messages and the log: enough to find and revoke it, in one line. */
final class CertificateText {
    private CertificateText() {}

    /** Subject, serial number, issuer and SHA-256; names shortened and without control characters. */
    static String of(X509Certificate certificate) {
        return "certificate \"" + name(certificate.getSubjectX500Principal().getName()) + "\" (serial "
                + serial(certificate) + ", issuer \""
                + name(certificate.getIssuerX500Principal().getName()) + "\", SHA-256 " + sha256(certificate) + ")";
    }

    static String sha256(X509Certificate certificate) {
        return HexFormat.of().formatHex(sha256(encoded(certificate)));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("A certificate without an encoding", e);
        }
    }

    private static String serial(X509Certificate certificate) {
        return name(certificate.getSerialNumber().toString(16));
    }

    private static String name(String text) {
        return Text.quoted(text);
    }
}
