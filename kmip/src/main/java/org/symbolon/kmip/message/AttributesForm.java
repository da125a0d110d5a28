package org.symbolon.kmip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** Attributes together: in a Template-Attribute or one by one in KMIP 1.x, in a structure Attributes in 2.x. */
final class AttributesForm implements ValueForm {
    private static final Tag NAME = Tag.named("Name");

    @Override
    public Ttlv write(Tag tag, Object value, KmipVersion version) {
        Attributes attributes = (Attributes) value;
        List<Ttlv> fields = new ArrayList<>();
        if (version.isAtLeast(KmipVersion.V2_0)) {
            if (!attributes.templates().isEmpty()) {
                throw new NotInVersionException("KMIP " + version + " has no templates; they ended with 1.4");
            }
            attributes.list().forEach(each -> fields.add(AttributeForm.versionTwo(each, version)));
        } else {
            ValueForm names = ValueForms.of(Name.class);
            attributes.templates().forEach(each -> fields.add(names.write(NAME, each, version)));
            attributes.list().forEach(each -> fields.add(AttributeForm.versionOne(each, version)));
        }
        return new Ttlv.Structure(tag, fields);
    }

    @Override
    public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
        Ttlv.Structure structure = ValueForms.as(Ttlv.Structure.class, item);
        if (structure.tag().equals(AttributeForm.ATTRIBUTE)) {
            return AttributeForm.named(structure, context).map(Attributes::of).orElse(Attributes.NONE);
        }
        List<Attribute<?>> attributes = new ArrayList<>();
        List<Name> templates = new ArrayList<>();
        boolean typed = isTyped(structure.tag());
        for (Ttlv field : structure.fields()) {
            if (!typed && field.tag().equals(NAME)) {
                templates.add((Name) ValueForms.of(Name.class).read(field, context));
            } else {
                Optional<Attribute<?>> attribute = AttributeForm.versionTwo(field, context);
                attribute.ifPresent(attributes::add);
            }
        }
        return new Attributes(attributes, templates);
    }

    private static boolean isTyped(Tag tag) {
        return tag.xmlName().endsWith("Attributes");
    }
}
