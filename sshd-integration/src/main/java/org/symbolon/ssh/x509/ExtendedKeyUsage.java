package org.symbolon.ssh.x509;

import java.util.List;

/**
 * Which purposes a certificate with the extension ExtendedKeyUsage must have. A certificate without it serves for everything
 * (RFC 6187 section 2.2.2).
 */
public enum ExtendedKeyUsage {
    /** Secure shell's own, as the RFC says. */
    SSH,
    /** Secure shell's or TLS's, for authorities that issue nothing but TLS's. */
    TLS,
    /** Any: the extension is not looked at. */
    ANY;

    private static final String ANY_OID = "2.5.29.37.0";

    boolean allows(List<String> purposes, X509Purpose purpose, boolean anyMeansSsh) {
        return this == ANY
                || purposes.contains(purpose.sshOid())
                || (this == TLS && purposes.contains(purpose.tlsOid()))
                || (anyMeansSsh && purposes.contains(ANY_OID));
    }
}
