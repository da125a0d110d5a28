package org.symbolon.transfer;

import java.util.Set;
import org.symbolon.Attribute;

/** The attributes that every token knows since PKCS #11 v2.20: what an object is, may and is made of. */
final class PlainAttributes {
    static final Set<Attribute<?>> ALL = Set.of(
            Attribute.CLASS,
            Attribute.TOKEN,
            Attribute.PRIVATE,
            Attribute.LABEL,
            Attribute.ID,
            Attribute.KEY_TYPE,
            Attribute.SENSITIVE,
            Attribute.EXTRACTABLE,
            Attribute.ENCRYPT,
            Attribute.DECRYPT,
            Attribute.SIGN,
            Attribute.VERIFY,
            Attribute.WRAP,
            Attribute.UNWRAP,
            Attribute.DERIVE,
            Attribute.MODULUS,
            Attribute.PUBLIC_EXPONENT,
            Attribute.PRIVATE_EXPONENT,
            Attribute.PRIME_1,
            Attribute.PRIME_2,
            Attribute.EXPONENT_1,
            Attribute.EXPONENT_2,
            Attribute.COEFFICIENT,
            Attribute.EC_PARAMS,
            Attribute.EC_POINT,
            Attribute.PRIME,
            Attribute.BASE,
            Attribute.PARAMETER_SET,
            Attribute.VALUE,
            Attribute.CERTIFICATE_TYPE,
            Attribute.SUBJECT,
            Attribute.ISSUER,
            Attribute.SERIAL_NUMBER,
            Attribute.APPLICATION,
            Attribute.OBJECT_ID);

    private PlainAttributes() {}
}
