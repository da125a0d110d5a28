package org.symbolon.kmip.object;

import org.symbolon.Bytes;

/** A key with its attributes, open or wrapped (KMIP 2.1 section 3.3). */
public sealed interface KeyValue {
    /**
     * A key that is not wrapped, or of which only the material is.
     *
     * @param material the key
     * @param attributes what is said of it
     */
    record Plain(KeyMaterial material, Attributes attributes) implements KeyValue {
        /**
         * Returns a key of bytes without attributes.
         *
         * @param encoding the bytes in the key block's format
         * @return the key
         */
        public static Plain of(Bytes encoding) {
            return new Plain(new KeyMaterial.Encoded(encoding), Attributes.NONE);
        }
    }

    /**
     * A wrapped key.
     *
     * @param bytes what the wrapping key made of it
     */
    record Wrapped(Bytes bytes) implements KeyValue {}
}
