package org.symbolon.kmip.object;

import java.util.List;
import org.symbolon.Bytes;

/** X509 Certificate Subject (KMIP 1.1 to 2.1). */
public record X509CertificateSubject(Bytes subjectDistinguishedName, List<Bytes> subjectAlternativeNames) {
    public X509CertificateSubject {
        subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
    }
}
