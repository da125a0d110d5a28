package org.symbolon.kmip.server;

import org.symbolon.Attribute;
import org.symbolon.CertificateObject;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.CertificateType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.key.KeyAttributes;
import org.symbolon.kmip.key.UsageFlags;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;

/** The KMIP attributes that follow from PKCS #11's, for objects that no KMIP client made: they are active and have their label as Name. */
final class PlainView {
    private PlainView() {}

    static Attributes of(TokenObject object) {
        Attributes attributes = Attributes.NONE
                .with(AttributeType.OBJECT_TYPE, type(object.objectClass()))
                .with(AttributeType.STATE, State.ACTIVE);
        if (!object.label().isEmpty()) {
            attributes = attributes.with(AttributeType.NAME, Name.of(object.label()));
        }
        if (object instanceof CertificateObject) {
            return attributes.with(AttributeType.CERTIFICATE_TYPE, CertificateType.X_509);
        }
        return object instanceof KeyObject ? key(attributes, object.attributes()) : attributes;
    }

    private static ObjectType type(ObjectClass objectClass) {
        if (objectClass.equals(ObjectClass.SECRET_KEY)) {
            return ObjectType.SYMMETRIC_KEY;
        } else if (objectClass.equals(ObjectClass.PUBLIC_KEY)) {
            return ObjectType.PUBLIC_KEY;
        } else if (objectClass.equals(ObjectClass.PRIVATE_KEY)) {
            return ObjectType.PRIVATE_KEY;
        }
        return objectClass.equals(ObjectClass.CERTIFICATE) ? ObjectType.CERTIFICATE : ObjectType.OPAQUE_OBJECT;
    }

    private static Attributes key(Attributes attributes, org.symbolon.Attributes key) {
        Attributes masked = attributes.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, UsageFlags.mask(key));
        KeyType type = key.find(Attribute.KEY_TYPE).orElse(KeyType.GENERIC_SECRET);
        Attributes all = KeyAttributes.algorithm(type)
                .map(algorithm -> masked.with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, algorithm))
                .orElse(masked);
        int bits = bits(key);
        return bits == 0 ? all : all.with(AttributeType.CRYPTOGRAPHIC_LENGTH, bits);
    }

    private static int bits(org.symbolon.Attributes key) {
        if (key.has(Attribute.MODULUS)) {
            return key.get(Attribute.MODULUS).length() * Byte.SIZE;
        } else if (key.has(Attribute.VALUE_LEN)) {
            return Math.toIntExact(key.get(Attribute.VALUE_LEN)) * Byte.SIZE;
        }
        return key.find(Attribute.EC_PARAMS)
                .flatMap(NamedCurve::ofEcParams)
                .map(curve -> curve == NamedCurve.P521 ? 521 : curve.fieldBytes() * Byte.SIZE)
                .orElse(0);
    }
}
