package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.UniqueIdentifierReference;

/** The name that a server gave an object; from KMIP 2.0 on also a reference to what an earlier item of the batch brought. */
public sealed interface UniqueIdentifier {
    /**
     * Returns an identifier.
     *
     * @param text as the server gave it
     * @return the identifier
     */
    static UniqueIdentifier of(String text) {
        return new Text(text);
    }

    /**
     * Returns the identifier as the server gave it.
     *
     * @return the text
     * @throws IllegalStateException if this is a reference
     */
    String text();

    /**
     * An identifier as the server gave it.
     *
     * @param text any text
     */
    record Text(String text) implements UniqueIdentifier {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * What the last operation of a kind brought (KMIP 2.0).
     *
     * @param operation which
     */
    record Reference(UniqueIdentifierReference operation) implements UniqueIdentifier {
        @Override
        public String text() {
            throw new IllegalStateException("a reference to " + operation + " is no identifier");
        }
    }

    /**
     * What an item of the batch brought (KMIP 2.0).
     *
     * @param item 0 for the first; negative: backwards from this item
     */
    record Position(int item) implements UniqueIdentifier {
        @Override
        public String text() {
            throw new IllegalStateException("a reference to item " + item + " is no identifier");
        }
    }
}
