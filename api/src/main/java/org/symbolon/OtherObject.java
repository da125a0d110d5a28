package org.symbolon;

/**
 * An object of any other class: domain parameters, a profile, trust, vendor-defined ones.
 *
 * @param id what names it for good
 * @param attributes the attributes that were read
 * @param verified whether the token vouches for them
 */
public record OtherObject(ObjectId id, Attributes attributes, boolean verified) implements TokenObject {}
