package org.symbolon.cli;

import java.time.Instant;
import org.symbolon.ssh.certificate.CertificateKind;
import org.symbolon.ssh.certificate.KeyRevocationList;
import org.symbolon.ssh.certificate.SshCertificate;

/** OpenSSH certificates for people and for programs. */
final class CertificateTexts {
    private CertificateTexts() {}

    static String line(SshCertificate certificate) {
        return (certificate.kind() == CertificateKind.USER ? "user" : "host") + " certificate "
                + Long.toUnsignedString(certificate.serial()) + " \"" + TokenTexts.printable(certificate.keyId())
                + "\" for " + TokenTexts.printable(String.join(",", certificate.principals())) + ", "
                + certificate.validity() + ", " + certificate.key().fingerprint();
    }

    /** The serial is text: many readers of JSON have no whole numbers of 64 bits. */
    static Document document(SshCertificate certificate) {
        return Document.with("kind", certificate.kind() == CertificateKind.USER ? "user" : "host")
                .and("serial", Long.toUnsignedString(certificate.serial()))
                .and("keyId", certificate.keyId())
                .and("principals", certificate.principals())
                .and("validity", certificate.validity().toString())
                .and("fingerprint", certificate.key().fingerprint())
                .and("authority", certificate.authority().fingerprint())
                .and("critical", certificate.options().critical().keySet())
                .and("extensions", certificate.options().extensions().keySet());
    }

    static String state(SshCertificate certificate, KeyRevocationList revoked, Instant now) {
        if (revoked.isRevoked(certificate)) {
            return "revoked";
        } else if (certificate.validity().contains(now)) {
            return "valid";
        }
        return certificate.validity().until().isAfter(now) ? "not yet valid" : "expired";
    }
}
