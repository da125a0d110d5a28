package org.symbolon.kmip.object;

import org.symbolon.Bytes;

/** X509 Certificate Identifier (KMIP 1.1 to 2.1). */
public record X509CertificateIdentifier(Bytes issuerDistinguishedName, Bytes certificateSerialNumber) {}
