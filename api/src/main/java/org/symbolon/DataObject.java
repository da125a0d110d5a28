package org.symbolon;

/**
 * A data object in a token (CKO_DATA).
 *
 * @param id what names it for good
 * @param attributes the attributes that were read
 * @param verified whether the token vouches for them
 */
public record DataObject(ObjectId id, Attributes attributes, boolean verified) implements TokenObject {}
