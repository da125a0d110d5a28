package org.symbolon;

/**
 * A private key in a token (CKO_PRIVATE_KEY).
 *
 * @param id what names it for good
 * @param attributes the attributes that were read
 * @param verified whether the token vouches for them
 */
public record PrivateKeyObject(ObjectId id, Attributes attributes, boolean verified) implements KeyObject {}
