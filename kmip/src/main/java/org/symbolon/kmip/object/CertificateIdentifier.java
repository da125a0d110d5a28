package org.symbolon.kmip.object;

/** Certificate Identifier (KMIP 1.0 to 1.4). */
public record CertificateIdentifier(String issuer, String serialNumber) {}
