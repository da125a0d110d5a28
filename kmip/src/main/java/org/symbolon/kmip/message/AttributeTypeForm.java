package org.symbolon.kmip.message;

import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** The name of an attribute: a text in KMIP 1.x; a tag, or a vendor and a name, in 2.x. */
final class AttributeTypeForm implements ValueForm {
    static final Tag VENDOR = Tag.named("VendorIdentification");
    static final Tag NAME = Tag.named("AttributeName");
    private static final int MAX_TAG = 0xFFFFFF;

    @Override
    public Ttlv write(Tag tag, Object value, KmipVersion version) {
        AttributeType<?> type = (AttributeType<?>) value;
        if (tag.equals(NAME)) {
            return Ttlv.Text.of(NAME, versionOneName(type, version));
        }
        return type.tag().isPresent()
                ? new Ttlv.Enumerated(tag, type.tag().get().code())
                : Ttlv.Structure.of(tag, Ttlv.Text.of(VENDOR, type.vendor()), Ttlv.Text.of(NAME, type.name()));
    }

    static String versionOneName(AttributeType<?> type, KmipVersion version) {
        return type.versionOneName()
                .orElseThrow(() -> new NotInVersionException("KMIP " + version + " has no attributes of the vendor "
                        + type.vendor() + "; AttributeType.CLIENT and SERVER are in every version"));
    }

    @Override
    public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
        return switch (item.type()) {
            case TEXT_STRING -> AttributeType.ofName(((Ttlv.Text) item).value());
            case ENUMERATION -> {
                int code = ((Ttlv.Enumerated) item).value();
                if (code < 0 || code > MAX_TAG) {
                    throw new MalformedTtlvException(item.tag() + " is no tag");
                }
                yield AttributeType.ofTag(Tag.of(code));
            }
            default -> vendors(ValueForms.as(Ttlv.Structure.class, item));
        };
    }

    /** {@return the attribute that a vendor and a name tell} */
    static AttributeType<?> vendors(Ttlv.Structure item) throws MalformedTtlvException {
        String vendor = text(item, VENDOR);
        try {
            return AttributeType.ofVendor(vendor, text(item, NAME));
        } catch (IllegalArgumentException e) {
            throw new MalformedTtlvException(item.tag() + " has a vendor that is none", e);
        }
    }

    static String text(Ttlv.Structure item, Tag tag) throws MalformedTtlvException {
        return ValueForms.as(
                        Ttlv.Text.class,
                        item.field(tag).orElseThrow(() -> new MalformedTtlvException(item.tag() + " has no " + tag)))
                .value();
    }
}
