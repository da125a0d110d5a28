package org.symbolon.ssh.x509;

import java.security.cert.X509Certificate;
import java.util.regex.Pattern;
import org.symbolon.ssh.SshFormatException;

/** A fuzz target: bytes that are a chain of certificates or an OCSP response, or are refused with a reason. */
public final class X509Fuzz {
    private static final CertificateRules RULES = CertificateRules.builder()
            .upn("{user}@example.com")
            .email("{user}@example.com")
            .subject("CN={user},O=Example")
            .commonName(Pattern.compile("([a-z]+)"))
            .build();

    private X509Fuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        tryKey(data);
        try {
            OcspResponse.parse(data);
        } catch (SshFormatException e) {
            requireReason(e);
        }
    }

    private static void tryKey(byte[] data) {
        X509KeyBlob key;
        try {
            key = X509KeyBlob.parse(data);
        } catch (SshFormatException e) {
            requireReason(e);
            return;
        }
        try {
            if (!X509KeyBlob.parse(key.blob()).equals(key) || key.toString().isEmpty()) {
                throw new AssertionError(key + " changed");
            }
        } catch (SshFormatException e) {
            throw new AssertionError(key + " is not read again", e);
        }
        key.chain().forEach(X509Fuzz::use);
    }

    /** What is asked of certificates before and after somebody vouched for them. */
    private static void use(X509Certificate certificate) {
        RULES.permits("alice", certificate);
        try {
            CertificateLinks.responders(certificate);
            CertificateLinks.lists(certificate);
        } catch (SshFormatException e) {
            requireReason(e);
        }
        try {
            HostNames.require(certificate, "host.example.com");
        } catch (CertificateRefusedException e) {
            requireReason(e);
        }
    }

    private static void requireReason(Exception e) {
        if (e.getMessage() == null) {
            throw new AssertionError("no reason is given", e);
        }
    }
}
