package org.symbolon;

import java.util.Set;

/** Sets of attributes that are read together. */
public final class StandardAttributes {
    /**
     * What is needed to name, show and use an object of any class, without anything secret: class, label, ids, key type,
     * storage attributes and public key material.
     */
    public static final Set<Attribute<?>> OF_EVERY_OBJECT = Set.of(
            Attribute.CLASS,
            Attribute.UNIQUE_ID,
            Attribute.LABEL,
            Attribute.ID,
            Attribute.KEY_TYPE,
            Attribute.TOKEN,
            Attribute.PRIVATE,
            Attribute.SENSITIVE,
            Attribute.EXTRACTABLE,
            Attribute.ALWAYS_AUTHENTICATE,
            Attribute.SIGN,
            Attribute.ENCRYPT,
            Attribute.DECRYPT,
            Attribute.WRAP,
            Attribute.UNWRAP,
            Attribute.DERIVE,
            Attribute.CERTIFICATE_TYPE,
            Attribute.SUBJECT,
            Attribute.MODULUS,
            Attribute.PUBLIC_EXPONENT,
            Attribute.EC_PARAMS,
            Attribute.EC_POINT,
            Attribute.PARAMETER_SET,
            Attribute.VALUE_LEN,
            Attribute.PUBLIC_KEY_INFO);

    /** What a key may be used for: CKA_ENCRYPT, CKA_SIGN and so on. */
    public static final Set<Attribute<Boolean>> USES = Set.of(
            Attribute.ENCRYPT,
            Attribute.DECRYPT,
            Attribute.SIGN,
            Attribute.VERIFY,
            Attribute.WRAP,
            Attribute.UNWRAP,
            Attribute.DERIVE,
            Attribute.ENCAPSULATE,
            Attribute.DECAPSULATE);

    private StandardAttributes() {}
}
