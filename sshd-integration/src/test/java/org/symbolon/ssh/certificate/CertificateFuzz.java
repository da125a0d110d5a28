package org.symbolon.ssh.certificate;

import java.time.Instant;
import java.util.Set;
import org.symbolon.ssh.SshFormatException;

/** A fuzz target: bytes that are a certificate or are refused with a reason. */
public final class CertificateFuzz {
    private CertificateFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        tryParse(data);
    }

    /** Returns whether the bytes are a certificate. */
    static boolean tryParse(byte[] data) {
        SshCertificate certificate;
        try {
            certificate = SshCertificate.parse(data);
        } catch (SshFormatException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("no reason is given", e);
            }
            return false;
        }
        try {
            if (!SshCertificate.parseOpenSshLine(certificate.toOpenSshLine("")).equals(certificate)) {
                throw new AssertionError(certificate + " changed");
            }
            certificate.requireUser(Set.of("alice"), Instant.EPOCH);
        } catch (SshFormatException e) {
            throw new AssertionError(certificate + " is not read again", e);
        } catch (SshCertificateException e) {
            return true; // well formed, but good for nothing
        }
        return true;
    }
}
