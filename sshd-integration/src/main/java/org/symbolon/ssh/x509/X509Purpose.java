package org.symbolon.ssh.x509;

/** What a certificate is shown for, with the extended key usages for it (RFC 6187 section 2.2.2, RFC 5280 section 4.2.1.12). */
public enum X509Purpose {
    /** A user logs in: id-kp-secureShellClient, in TLS id-kp-clientAuth. */
    USER("1.3.6.1.5.5.7.3.21", "1.3.6.1.5.5.7.3.2"),
    /** A server shows who it is: id-kp-secureShellServer, in TLS id-kp-serverAuth. */
    HOST("1.3.6.1.5.5.7.3.22", "1.3.6.1.5.5.7.3.1");

    private final String sshOid;
    private final String tlsOid;

    X509Purpose(String sshOid, String tlsOid) {
        this.sshOid = sshOid;
        this.tlsOid = tlsOid;
    }

    String sshOid() {
        return sshOid;
    }

    String tlsOid() {
        return tlsOid;
    }
}
