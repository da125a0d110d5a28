package org.symbolon.kmip.object;

import java.util.List;
import org.symbolon.Bytes;

/** X509 Certificate Issuer (KMIP 1.1 to 2.1). */
public record X509CertificateIssuer(Bytes issuerDistinguishedName, List<Bytes> issuerAlternativeNames) {
    public X509CertificateIssuer {
        issuerAlternativeNames = List.copyOf(issuerAlternativeNames);
    }
}
