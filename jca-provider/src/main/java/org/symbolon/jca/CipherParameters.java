package org.symbolon.jca;

import org.symbolon.Bytes;

/**
 * What a cipher with a secret key is told besides the key.
 *
 * @param iv the IV, nonce, counter block or tweak; empty where there is none
 * @param tagBits the length of the tag; 0 where there is none
 */
record CipherParameters(Bytes iv, int tagBits) {
    static final CipherParameters NONE = new CipherParameters(Bytes.empty(), 0);

    int tagBytes() {
        return tagBits / Byte.SIZE;
    }
}
