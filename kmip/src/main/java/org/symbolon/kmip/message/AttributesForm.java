package org.symbolon.kmip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** Attributes together: in a Template-Attribute or one by one in KMIP 1.x, in a structure Attributes in 2.x. */
final class AttributesForm implements ValueForm {
    private static final Tag NAME = Tag.named("Name");
    private static final ValueForm NAMES = new RecordForm(Name.class);

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        Attributes attributes = (Attributes) value;
        int begun = out.begin(tag);
        if (version.isAtLeast(KmipVersion.V2_0)) {
            if (!attributes.templates().isEmpty()) {
                throw new NotInVersionException("KMIP " + version + " has no templates; they ended with 1.4");
            }
            for (Attribute<?> each : attributes.list()) {
                AttributeForm.versionTwo(each, version, out);
            }
        } else {
            for (Name each : attributes.templates()) {
                NAMES.write(NAME, each, version, out);
            }
            writeEach(attributes, version, out);
        }
        out.end(begun);
    }

    /** Writes attributes one by one, as KMIP 1.x has them. */
    static void writeEach(Attributes attributes, KmipVersion version, TtlvEncoder out) {
        for (Attribute<?> each : attributes.list()) {
            AttributeForm.versionOne(each, version, out);
        }
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        List<Attribute<?>> attributes = new ArrayList<>();
        List<Name> templates = List.of();
        if (item.tagCode() == AttributeForm.ATTRIBUTE.code()) {
            add(AttributeForm.named(item, context), attributes);
            return new Attributes(attributes, templates);
        }
        boolean typed = isTyped(item.tag());
        int outer = item.enter();
        while (item.next()) {
            if (!typed && item.tagCode() == NAME.code()) {
                templates = templates.isEmpty() ? new ArrayList<>() : templates;
                templates.add((Name) NAMES.read(item, context));
            } else {
                add(AttributeForm.versionTwo(item, context), attributes);
            }
        }
        item.leave(outer);
        return new Attributes(attributes, templates);
    }

    private static void add(@Nullable Attribute<?> attribute, List<Attribute<?>> attributes) {
        if (attribute != null) {
            attributes.add(attribute);
        }
    }

    private static boolean isTyped(Tag tag) {
        return tag.xmlName().endsWith("Attributes");
    }
}
