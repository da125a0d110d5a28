package org.symbolon.kmip.message;

import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** An identifier: a text, from KMIP 2.0 on also a reference to what an earlier item of the batch brought. */
final class UniqueIdentifierForm implements ValueForm {
    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        if (value instanceof UniqueIdentifier.Text text) {
            out.text(tag, text.text());
            return;
        }
        if (!version.isAtLeast(KmipVersion.V2_0)) {
            throw new NotInVersionException(tag + " is a text in KMIP " + version + "; references came with 2.0");
        }
        if (value instanceof UniqueIdentifier.Reference reference) {
            out.enumeration(tag, reference.operation().value());
        } else {
            out.integer(tag, ((UniqueIdentifier.Position) value).item());
        }
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        return switch (item.type()) {
            case ENUMERATION -> new UniqueIdentifier.Reference(new UniqueIdentifierReference(item.enumeration()));
            case INTEGER -> new UniqueIdentifier.Position(item.integer());
            default -> new UniqueIdentifier.Text(item.text());
        };
    }
}
