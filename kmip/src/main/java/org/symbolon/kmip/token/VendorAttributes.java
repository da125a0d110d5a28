package org.symbolon.kmip.token;

import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** The attributes of the vendor {@code x} in which objects carry what KMIP has no attribute for. */
final class VendorAttributes {
    /** CKA_ID: {@code x-CKA_ID} in KMIP 1.x. */
    static final AttributeType<Ttlv> ID = AttributeType.ofVendor(AttributeType.CLIENT, "CKA_ID");
    /** The other attributes of PKCS #11, in their canonical encoding: {@code x-PKCS11} in KMIP 1.x. */
    static final AttributeType<Ttlv> REST = AttributeType.ofVendor(AttributeType.CLIENT, "PKCS11");

    private static final Tag VALUE = Tag.named("AttributeValue");

    private VendorAttributes() {}

    static Attribute<Ttlv> of(AttributeType<Ttlv> type, Bytes value) {
        return Attribute.of(type, new Ttlv.Octets(VALUE, value));
    }

    static Optional<Bytes> bytes(Attributes attributes, AttributeType<Ttlv> type) {
        return attributes.get(type).filter(Ttlv.Octets.class::isInstance).map(item -> ((Ttlv.Octets) item).value());
    }

    /** Returns the other attributes; empty where the object has none, or what is there is none of ours. */
    static Optional<org.symbolon.Attributes> rest(Attributes attributes) {
        Optional<Bytes> encoded = bytes(attributes, REST);
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(org.symbolon.Attributes.ofBytes(encoded.get()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // somebody else's attribute of the same name
        }
    }
}
