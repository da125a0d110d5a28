package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.NameType;

/**
 * A name that a client gave an object (KMIP 2.1 section 4.27).
 *
 * @param nameValue the name; 32 bytes are safe with every server
 * @param nameType text or URI
 */
public record Name(String nameValue, NameType nameType) {
    /**
     * Returns a name that is a text.
     *
     * @param text the name
     * @return the name
     */
    public static Name of(String text) {
        return new Name(text, NameType.UNINTERPRETED_TEXT_STRING);
    }
}
