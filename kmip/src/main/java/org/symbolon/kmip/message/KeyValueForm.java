package org.symbolon.kmip.message;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.ttlv.ItemType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** A key with its attributes: a structure, or bytes where it is wrapped. */
final class KeyValueForm implements ValueForm {
    private static final Tag MATERIAL = Tag.named("KeyMaterial");
    private static final Tag ATTRIBUTES = Tag.named("Attributes");

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        if (value instanceof KeyValue.Wrapped wrapped) {
            out.octets(tag, wrapped.bytes());
            return;
        }
        KeyValue.Plain plain = (KeyValue.Plain) value;
        int begun = out.begin(tag);
        ValueForms.of(KeyMaterial.class).write(MATERIAL, plain.material(), version, out);
        if (!plain.attributes().isEmpty()) {
            if (version.isAtLeast(KmipVersion.V2_0)) {
                ValueForms.of(Attributes.class).write(ATTRIBUTES, plain.attributes(), version, out);
            } else {
                AttributesForm.writeEach(plain.attributes(), version, out);
            }
        }
        out.end(begun);
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        if (item.type() == ItemType.BYTE_STRING) {
            return new KeyValue.Wrapped(item.octets());
        }
        TtlvCursor material = item.require(MATERIAL);
        List<Attribute<?>> attributes = List.of();
        int outer = item.enter();
        while (item.next()) {
            int tag = item.tagCode();
            if (tag == AttributeForm.ATTRIBUTE.code() || tag == ATTRIBUTES.code()) {
                attributes = attributes.isEmpty() ? new ArrayList<>() : attributes;
                attributes.addAll(((Attributes) ValueForms.of(Attributes.class).read(item, context)).list());
            }
        }
        item.leave(outer);
        return new KeyValue.Plain(
                (KeyMaterial) ValueForms.of(KeyMaterial.class).read(material, context),
                attributes.isEmpty() ? Attributes.NONE : new Attributes(attributes, List.of()));
    }
}
