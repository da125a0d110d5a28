package org.symbolon.kmip.ttlv;

/** The tags that an attribute of KMIP 1.x is made of. */
final class AttributeTags {
    static final Tag NAME = Tag.named("AttributeName");
    static final Tag VALUE = Tag.named("AttributeValue");

    private AttributeTags() {}
}
