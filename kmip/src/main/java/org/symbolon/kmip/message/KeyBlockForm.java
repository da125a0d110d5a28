package org.symbolon.kmip.message;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** A key block, whose format decides how the key in it is read. */
final class KeyBlockForm implements ValueForm {
    private static final Tag FORMAT = Tag.named("KeyFormatType");
    private final ValueForm fields = new RecordForm(KeyBlock.class);

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        fields.write(tag, value, version, out);
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        @Nullable TtlvCursor format = item.field(FORMAT);
        return fields.read(
                item,
                new ReadContext(context.version(), format == null ? null : new KeyFormatType(format.enumeration())));
    }
}
