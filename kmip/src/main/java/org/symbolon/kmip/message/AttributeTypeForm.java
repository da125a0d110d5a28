package org.symbolon.kmip.message;

import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** The name of an attribute: a text in KMIP 1.x; a tag, or a vendor and a name, in 2.x. */
final class AttributeTypeForm implements ValueForm {
    static final Tag VENDOR = Tag.named("VendorIdentification");
    static final Tag NAME = Tag.named("AttributeName");
    private static final int MAX_TAG = 0xFFFFFF;

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        AttributeType<?> type = (AttributeType<?>) value;
        if (tag.equals(NAME)) {
            out.text(NAME, versionOneName(type, version));
        } else if (type.tag().isPresent()) {
            out.enumeration(tag, type.tag().get().code());
        } else {
            int begun = out.begin(tag);
            out.text(VENDOR, type.vendor());
            out.text(NAME, type.name());
            out.end(begun);
        }
    }

    static String versionOneName(AttributeType<?> type, KmipVersion version) {
        return type.versionOneName()
                .orElseThrow(() -> new NotInVersionException("KMIP " + version + " has no attributes of the vendor "
                        + type.vendor() + "; AttributeType.CLIENT and SERVER are in every version"));
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        return switch (item.type()) {
            case TEXT_STRING -> AttributeType.ofName(item.text());
            case ENUMERATION -> {
                int code = item.enumeration();
                if (code < 0 || code > MAX_TAG) {
                    throw item.malformed("it is no tag");
                }
                yield AttributeType.ofTag(Tag.of(code));
            }
            default -> vendors(item);
        };
    }

    /** {@return the attribute that a vendor and a name tell} */
    static AttributeType<?> vendors(TtlvCursor item) throws MalformedTtlvException {
        String vendor = item.require(VENDOR).text();
        try {
            return AttributeType.ofVendor(vendor, item.require(NAME).text());
        } catch (IllegalArgumentException e) {
            throw new MalformedTtlvException(item.tag() + " has a vendor that is none", e);
        }
    }
}
