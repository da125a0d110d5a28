package org.symbolon.kmip.message;

import java.util.List;
import java.util.Map;

/** What the components of records are called, where the two major versions of the protocol name the same thing differently. */
final class FieldNames {
    private static final List<String> ATTRIBUTES = List.of("attributes");
    private static final List<String> ATTRIBUTE = List.of("attributes", "attribute");
    private static final List<String> NAME = List.of("attributename", "attributereference");
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("TemplateAttribute", ATTRIBUTES),
            Map.entry("Attributes", ATTRIBUTES),
            Map.entry("CommonTemplateAttribute", List.of("commonattributes")),
            Map.entry("PrivateKeyTemplateAttribute", List.of("privatekeyattributes")),
            Map.entry("PublicKeyTemplateAttribute", List.of("publickeyattributes")),
            Map.entry("Attribute", ATTRIBUTE),
            Map.entry("NewAttribute", List.of("attribute")),
            Map.entry("AttributeName", NAME),
            Map.entry("AttributeReference", List.of("attributereference")),
            Map.entry(StructureTable.OBJECT, List.of("object")));

    private FieldNames() {}

    /** {@return the folded names that the component of a field may have} */
    static List<String> of(String field) {
        List<String> known = NAMES.get(field);
        return known == null ? List.of(StructureTable.folded(field)) : known;
    }
}
