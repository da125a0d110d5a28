package org.symbolon.kmip.message;

import java.util.HashMap;
import java.util.Map;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

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
    public Ttlv write(Tag tag, Object value, KmipVersion version) {
        if (value instanceof KeyMaterial.Encoded encoded) {
            return new Ttlv.Octets(tag, encoded.encoding());
        }
        if (value instanceof KeyMaterial.Other other) {
            return other.structure();
        }
        return ValueForms.of(value.getClass()).write(tag, value, version);
    }

    @Override
    public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
        if (item instanceof Ttlv.Octets octets) {
            return new KeyMaterial.Encoded(octets.value());
        }
        Ttlv.Structure structure = ValueForms.as(Ttlv.Structure.class, item);
        KeyFormatType format = context.keyFormat();
        Class<?> type = format == null ? null : CLASSES.get(StructureTable.folded(format.xmlName()));
        return type == null
                ? new KeyMaterial.Other(structure)
                : ValueForms.of(type).read(structure, context);
    }
}
