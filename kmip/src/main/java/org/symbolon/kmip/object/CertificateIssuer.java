package org.symbolon.kmip.object;

import java.util.List;

/** Certificate Issuer (KMIP 1.0 to 1.4). */
public record CertificateIssuer(
        String certificateIssuerDistinguishedName, List<String> certificateIssuerAlternativeNames) {
    public CertificateIssuer {
        certificateIssuerAlternativeNames = List.copyOf(certificateIssuerAlternativeNames);
    }
}
