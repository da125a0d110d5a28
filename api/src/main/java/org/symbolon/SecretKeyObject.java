package org.symbolon;

/**
 * A secret key in a token (CKO_SECRET_KEY).
 *
 * @param id what names it for good
 * @param attributes the attributes that were read
 * @param verified whether the token vouches for them
 */
public record SecretKeyObject(ObjectId id, Attributes attributes, boolean verified) implements KeyObject {}
