package org.symbolon.kmip.message;

import java.util.Optional;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** A key block, whose format decides how the key in it is read. */
final class KeyBlockForm implements ValueForm {
    private static final Tag FORMAT = Tag.named("KeyFormatType");
    private final ValueForm fields = new RecordForm(KeyBlock.class);

    @Override
    public Ttlv write(Tag tag, Object value, KmipVersion version) {
        return fields.write(tag, value, version);
    }

    @Override
    public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
        Optional<Ttlv> format = ValueForms.as(Ttlv.Structure.class, item).field(FORMAT);
        KeyFormatType keyFormat = format.isPresent()
                ? new KeyFormatType(
                        ValueForms.as(Ttlv.Enumerated.class, format.get()).value())
                : null;
        return fields.read(item, new ReadContext(context.version(), keyFormat));
    }
}
