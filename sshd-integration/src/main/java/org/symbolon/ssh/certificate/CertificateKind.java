package org.symbolon.ssh.certificate;

/** Whom an OpenSSH certificate names. */
public enum CertificateKind {
    /** Users, by the names of accounts or roles (SSH_CERT_TYPE_USER). */
    USER(1),
    /** Hosts, by their names or addresses (SSH_CERT_TYPE_HOST). */
    HOST(2);

    private final int code;

    CertificateKind(int code) {
        this.code = code;
    }

    /**
     * The number in the certificate.
     *
     * @return 1 or 2
     */
    public int code() {
        return code;
    }
}
