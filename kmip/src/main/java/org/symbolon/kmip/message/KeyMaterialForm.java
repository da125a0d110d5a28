package org.symbolon.kmip.message;

import java.util.HashMap;
import java.util.Map;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.ttlv.ItemType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** A key: bytes, or a structure whose fields the key block's format names. */
final class KeyMaterialForm implements ValueForm {
    private static final Map<String, Class<?>> CLASSES = classes();

    /** The transparent forms by their folded names, which are those of the formats. */
    private static Map<String, Class<?>> classes() {
        Map<String, Class<?>> classes = new HashMap<>();
        for (Class<?> type : KeyMaterial.class.getPermittedSubclasses()) {
            classes.put(StructureTable.folded(type.getSimpleName()), type);
        }
        return classes;
    }

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        if (value instanceof KeyMaterial.Encoded encoded) {
            out.octets(tag, encoded.encoding());
        } else if (value instanceof KeyMaterial.Other other) {
            out.write(other.structure());
        } else {
            ValueForms.of(value.getClass()).write(tag, value, version, out);
        }
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        if (item.type() == ItemType.BYTE_STRING) {
            return new KeyMaterial.Encoded(item.octets());
        }
        KeyFormatType format = context.keyFormat();
        Class<?> type = format == null ? null : CLASSES.get(StructureTable.folded(format.xmlName()));
        if (type != null) {
            return ValueForms.of(type).read(item, context);
        }
        if (item.detached() instanceof Ttlv.Structure structure) {
            return new KeyMaterial.Other(structure);
        }
        throw item.unexpected("a key");
    }
}
