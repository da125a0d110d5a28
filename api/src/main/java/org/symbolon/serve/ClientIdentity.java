package org.symbolon.serve;

/**
 * Who a client is, as its transport proved it: what permissions are given to, and what the log calls it.
 *
 * @param kind how it was proved
 * @param name the user's name on this machine, the certificate's subject (RFC 2253), the principal, or what the caller of
 *     the streams to the server said
 */
public record ClientIdentity(Kind kind, String name) {
    /** How an identity was proved. */
    public enum Kind {
        /** A user of this machine, told by the kernel (SO_PEERCRED). */
        UNIX_USER,
        /** The subject of a certificate that the server trusts. */
        CERTIFICATE,
        /** A principal of Kerberos, who showed a ticket. */
        PRINCIPAL,
        /** Whoever holds the other end of streams that were handed to the server. */
        STREAMS,
        /** Whoever comes from an address, of whom nothing else is known. */
        NOBODY
    }

    /** {@return the identity as the log shows it, such as {@code user alice}} */
    @Override
    public String toString() {
        return switch (kind) {
            case UNIX_USER -> "user " + name;
            case CERTIFICATE -> '"' + name + '"';
            case PRINCIPAL, STREAMS -> name;
            case NOBODY -> "somebody at " + name;
        };
    }
}
