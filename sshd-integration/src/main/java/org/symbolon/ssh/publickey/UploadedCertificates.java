package org.symbolon.ssh.publickey;

import java.security.cert.X509Certificate;
import org.symbolon.TokenException;
import org.symbolon.ssh.x509.CertificateUsers;

/**
 * Lets users log in with the certificates that they uploaded (RFC 7076): whoever put a certificate into a namespace is its
 * user. Which certificates are good at all is for the validator to say, before this is asked. Thread-safe.
 *
 * @param store the certificates
 * @param namespace the namespace whose certificates log in
 */
public record UploadedCertificates(SelfServiceStore store, String namespace) implements CertificateUsers {
    private static final int MAX_USER_LENGTH = 255;

    /**
     * The certificates in the namespace {@code ssh}, where the keys are that log in.
     *
     * @param store the certificates
     * @return its users
     */
    public static UploadedCertificates in(SelfServiceStore store) {
        return new UploadedCertificates(store, KeyAttributes.SSH);
    }

    @Override
    public boolean permits(String user, X509Certificate certificate) throws TokenException {
        boolean sensible = !user.isEmpty()
                && user.length() <= MAX_USER_LENGTH
                && user.chars().noneMatch(Character::isISOControl); // a tab ends a namespace in labels
        return sensible && store.has(user, namespace, certificate);
    }
}
