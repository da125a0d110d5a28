package org.symbolon;

/**
 * A certificate in a token (CKO_CERTIFICATE).
 *
 * @param id what names it for good
 * @param attributes the attributes that were read
 * @param verified whether the token vouches for them
 */
public record CertificateObject(ObjectId id, Attributes attributes, boolean verified) implements TokenObject {}
