package org.symbolon;

/** A key in a token, of any class. */
public sealed interface KeyObject extends TokenObject permits PublicKeyObject, PrivateKeyObject, SecretKeyObject {
    /** {@return CKA_KEY_TYPE} */
    default KeyType keyType() {
        return attributes().get(Attribute.KEY_TYPE);
    }

    /** {@return CKA_ID, empty if the key has none} */
    default Bytes keyId() {
        return attributes().find(Attribute.ID).orElse(Bytes.empty());
    }
}
