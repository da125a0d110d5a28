package org.symbolon.kmip.server;

/**
 * Says who a client is, by its certificate and by the credentials of its request. Thread-safe; called for each request, so that it
 * answers quickly or remembers.
 *
 * <p>All credentials must be right (KMIP 1.4 section 6.6). {@link KmipUsers} is one that is ready.
 */
@FunctionalInterface
public interface KmipAuthenticator {
    /**
     * Says who a client is.
     *
     * @param claim what it shows
     * @return who it is
     * @throws KmipAuthenticationException if it is nobody who is let in; the client is told no more than that
     */
    KmipProof authenticate(KmipClaim claim) throws KmipAuthenticationException;

    /**
     * Returns an authenticator that knows clients by their certificates alone, and refuses credentials.
     *
     * @param name which of the certificate's names they are called by
     * @return the authenticator
     */
    static KmipAuthenticator certificates(CertificateName name) {
        return KmipUsers.builder().certificates(name).build();
    }
}
