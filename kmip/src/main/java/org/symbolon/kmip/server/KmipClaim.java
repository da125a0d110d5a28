package org.symbolon.kmip.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.symbolon.kmip.object.Credential;

/**
 * What a client shows of itself with a request.
 *
 * @param certificate the certificate that its connection was made with, which the server's authorities have signed
 * @param source where it comes from: the certificate's subject, or its address if it has no certificate
 * @param credentials what is in the request's Authentication, without tickets; closed when the request is done with
 */
public record KmipClaim(Optional<X509Certificate> certificate, String source, List<Credential> credentials) {
    /** Copies the list. */
    public KmipClaim {
        credentials = List.copyOf(credentials);
    }

    /** {@return the claim without the credentials, whose values are secret} */
    @Override
    public String toString() {
        return "a claim of " + source + " with " + credentials.size() + " credentials";
    }
}
