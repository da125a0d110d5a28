package org.symbolon.kmip.message;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** A key with its attributes: a structure, or bytes where it is wrapped. */
final class KeyValueForm implements ValueForm {
    private static final Tag MATERIAL = Tag.named("KeyMaterial");
    private static final Tag ATTRIBUTES = Tag.named("Attributes");

    @Override
    public Ttlv write(Tag tag, Object value, KmipVersion version) {
        if (value instanceof KeyValue.Wrapped wrapped) {
            return new Ttlv.Octets(tag, wrapped.bytes());
        }
        KeyValue.Plain plain = (KeyValue.Plain) value;
        List<Ttlv> fields = new ArrayList<>();
        fields.add(ValueForms.of(KeyMaterial.class).write(MATERIAL, plain.material(), version));
        if (!plain.attributes().isEmpty()) {
            if (version.isAtLeast(KmipVersion.V2_0)) {
                fields.add(ValueForms.of(Attributes.class).write(ATTRIBUTES, plain.attributes(), version));
            } else {
                plain.attributes().list().forEach(each -> fields.add(AttributeForm.versionOne(each, version)));
            }
        }
        return new Ttlv.Structure(tag, fields);
    }

    @Override
    public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
        if (item instanceof Ttlv.Octets wrapped) {
            return new KeyValue.Wrapped(wrapped.value());
        }
        Ttlv.Structure structure = ValueForms.as(Ttlv.Structure.class, item);
        Ttlv material = structure
                .field(MATERIAL)
                .orElseThrow(() -> new MalformedTtlvException(item.tag() + " has no " + MATERIAL));
        List<Attribute<?>> attributes = new ArrayList<>();
        for (Ttlv field : structure.fields()) {
            if (field.tag().equals(AttributeForm.ATTRIBUTE) || field.tag().equals(ATTRIBUTES)) {
                attributes.addAll(((Attributes) ValueForms.of(Attributes.class).read(field, context)).list());
            }
        }
        return new KeyValue.Plain(
                (KeyMaterial) ValueForms.of(KeyMaterial.class).read(material, context),
                new Attributes(attributes, List.of()));
    }
}
