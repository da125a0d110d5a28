package org.symbolon;

/**
 * A public key in a token (CKO_PUBLIC_KEY).
 *
 * @param id what names it for good
 * @param attributes the attributes that were read
 * @param verified whether the token vouches for them
 */
public record PublicKeyObject(ObjectId id, Attributes attributes, boolean verified) implements KeyObject {}
