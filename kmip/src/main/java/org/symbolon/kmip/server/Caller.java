package org.symbolon.kmip.server;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Who sends a request, as its connection proved it.
 *
 * @param subject the certificate's subject, or where the client is if it has no certificate; for the log too
 * @param certificate the certificate
 */
record Caller(String subject, Optional<X509Certificate> certificate) {
    Caller(String subject) {
        this(subject, Optional.empty());
    }
}
