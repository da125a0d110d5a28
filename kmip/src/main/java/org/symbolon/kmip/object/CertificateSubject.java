package org.symbolon.kmip.object;

import java.util.List;

/** Certificate Subject (KMIP 1.0 to 1.4). */
public record CertificateSubject(
        String certificateSubjectDistinguishedName, List<String> certificateSubjectAlternativeNames) {
    public CertificateSubject {
        certificateSubjectAlternativeNames = List.copyOf(certificateSubjectAlternativeNames);
    }
}
