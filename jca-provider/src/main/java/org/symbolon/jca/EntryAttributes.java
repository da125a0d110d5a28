package org.symbolon.jca;

import java.security.KeyStore;
import java.security.PKCS12Attribute;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.TokenObject;

/** What an object is called, as attributes of a key store's entry: PKCS #12's own (RFC 7292, 4.2; RFC 2985, 5.5). */
final class EntryAttributes {
    private static final String FRIENDLY_NAME = "1.2.840.113549.1.9.20";
    private static final String LOCAL_KEY_ID = "1.2.840.113549.1.9.21";

    private EntryAttributes() {}

    static Set<KeyStore.Entry.Attribute> of(TokenObject object) {
        Set<KeyStore.Entry.Attribute> attributes = new HashSet<>();
        if (!object.label().isEmpty()) {
            attributes.add(new PKCS12Attribute(FRIENDLY_NAME, object.label()));
        }
        Bytes id = object.attributes().find(Attribute.ID).orElse(Bytes.empty());
        if (!id.isEmpty()) {
            attributes.add(new PKCS12Attribute(
                    LOCAL_KEY_ID, HexFormat.ofDelimiter(":").withUpperCase().formatHex(id.toByteArray())));
        }
        return attributes;
    }
}
