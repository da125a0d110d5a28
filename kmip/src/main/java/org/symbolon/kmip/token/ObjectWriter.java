package org.symbolon.kmip.token;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.StandardAttributes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CertificateType;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.RecommendedCurve;
import org.symbolon.kmip.key.CurveNames;
import org.symbolon.kmip.key.KeyAttributes;
import org.symbolon.kmip.key.KeyParts;
import org.symbolon.kmip.key.KeyWriter;
import org.symbolon.kmip.key.UsageFlags;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.OpaqueObject;
import org.symbolon.kmip.object.PrivateKey;
import org.symbolon.kmip.object.PublicKey;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** PKCS #11's attributes as KMIP has them. */
final class ObjectWriter {
    private static final int P521_BITS = 521;
    private static final int NO_OPAQUE_TYPE = 0x8000_0000;
    private static final Tag DOMAIN_PARAMETERS = Tag.named("CryptographicDomainParameters");
    private static final Tag RECOMMENDED_CURVE = Tag.named("RecommendedCurve");

    /** What KMIP says itself, or the object's own bytes do. */
    private static final Set<Attribute<?>> SAID_OTHERWISE = saidOtherwise();

    private ObjectWriter() {}

    private static Set<Attribute<?>> saidOtherwise() {
        Set<Attribute<?>> all = new HashSet<>(StandardAttributes.USES);
        all.addAll(Set.of(
                Attribute.CLASS,
                Attribute.ID,
                Attribute.UNIQUE_ID,
                Attribute.TOKEN,
                Attribute.MODULUS,
                Attribute.MODULUS_BITS,
                Attribute.EC_POINT,
                Attribute.VALUE,
                Attribute.VALUE_LEN));
        return Set.copyOf(all);
    }

    /** Returns the attributes that the object carries for us alone. */
    static Attributes rest(Attributes object) {
        Attributes rest = object;
        for (Attribute<?> attribute : object.present()) {
            boolean secret = object.find(attribute).orElse(null) instanceof SecretBytes;
            if (secret || SAID_OTHERWISE.contains(attribute)) {
                rest = rest.without(attribute);
            }
        }
        return rest;
    }

    /** Returns what KMIP says of a key or another object, but its label and group. */
    static org.symbolon.kmip.object.Attributes said(
            Attributes object, KmipVersion version, boolean vendor, boolean secrecy) throws TokenException {
        ObjectClass objectClass = object.get(Attribute.CLASS);
        org.symbolon.kmip.object.Attributes said = org.symbolon.kmip.object.Attributes.NONE;
        if (objectClass.isKey()) {
            said = said.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, UsageFlags.mask(object));
        }
        boolean secret = objectClass.equals(ObjectClass.PRIVATE_KEY) || objectClass.equals(ObjectClass.SECRET_KEY);
        if (secrecy && secret && version.isAtLeast(KmipVersion.V1_4)) {
            said = said.with(AttributeType.SENSITIVE, object.isTrue(Attribute.SENSITIVE))
                    .with(AttributeType.EXTRACTABLE, object.isTrue(Attribute.EXTRACTABLE));
        }
        if (!vendor) {
            return said;
        }
        Bytes id = object.find(Attribute.ID).orElse(Bytes.empty());
        if (!id.isEmpty()) {
            said = said.with(VendorAttributes.of(VendorAttributes.ID, id));
        }
        return said.with(VendorAttributes.of(VendorAttributes.REST, rest(object).toBytes()));
    }

    /** Returns what says which kind of key is to be made. */
    static org.symbolon.kmip.object.Attributes kind(CryptographicAlgorithm algorithm, int bits) {
        return org.symbolon.kmip.object.Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, algorithm)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, bits);
    }

    /** Returns what says on which curve a pair is to be made. */
    static org.symbolon.kmip.object.Attributes kind(NamedCurve curve) throws TokenException {
        org.symbolon.kmip.object.Attributes kind = kind(algorithm(curve), bits(curve));
        if (curve.keyType().equals(KeyType.EC_EDWARDS)) {
            return kind;
        }
        RecommendedCurve recommended = CurveNames.of(curve)
                .orElseThrow(() -> Refusals.attribute(
                        "CKR_CURVE_NOT_SUPPORTED", "KMIP has no number for the curve " + curve.displayName()));
        return kind.with(domainParameters(recommended));
    }

    @SuppressWarnings("unchecked") // an attribute whose values are items
    private static org.symbolon.kmip.object.Attribute<?> domainParameters(RecommendedCurve curve) {
        AttributeType<Ttlv> type = (AttributeType<Ttlv>) AttributeType.ofTag(DOMAIN_PARAMETERS);
        return org.symbolon.kmip.object.Attribute.of(
                type, Ttlv.Structure.of(DOMAIN_PARAMETERS, new Ttlv.Enumerated(RECOMMENDED_CURVE, curve.value())));
    }

    private static CryptographicAlgorithm algorithm(NamedCurve curve) {
        if (curve == NamedCurve.ED25519) {
            return CryptographicAlgorithm.ED25519;
        } else if (curve == NamedCurve.ED448) {
            return CryptographicAlgorithm.ED448;
        }
        return curve.keyType().equals(KeyType.EC) ? CryptographicAlgorithm.EC : CryptographicAlgorithm.ECDH;
    }

    private static int bits(NamedCurve curve) {
        return curve == NamedCurve.P521 ? P521_BITS : curve.fieldBytes() * Byte.SIZE;
    }

    /** Returns an object as it travels; the secret bytes in it belong to the caller. */
    static ManagedObject object(Attributes material) throws TokenException {
        ObjectClass objectClass = material.get(Attribute.CLASS);
        if (objectClass.equals(ObjectClass.CERTIFICATE)) {
            return new Certificate(CertificateType.X_509, material.get(Attribute.VALUE));
        } else if (objectClass.equals(ObjectClass.DATA)) {
            return new OpaqueObject(
                    NO_OPAQUE_TYPE, material.find(Attribute.VALUE).orElse(Bytes.empty()));
        }
        KeyType type = material.get(Attribute.KEY_TYPE);
        KeyParts parts = KeyAttributes.parts(material)
                .orElseThrow(() -> Refusals.attribute(
                        "CKR_ATTRIBUTE_VALUE_INVALID", "KMIP has no form for a " + type + " key like this"));
        KeyFormatType format =
                objectClass.equals(ObjectClass.PRIVATE_KEY) ? KeyFormatType.PKCS_8 : KeyWriter.defaultFormat(parts);
        KeyMaterial written = KeyWriter.write(parts, format)
                .orElseThrow(() -> Refusals.attribute(
                        "CKR_ATTRIBUTE_VALUE_INVALID", "KMIP has no form for a " + type + " key like this"));
        KeyBlock block = new KeyBlock(
                format,
                null,
                new KeyValue.Plain(written, org.symbolon.kmip.object.Attributes.NONE),
                algorithm(type, parts),
                parts.bits(),
                null);
        if (objectClass.equals(ObjectClass.PUBLIC_KEY)) {
            return new PublicKey(block);
        }
        return objectClass.equals(ObjectClass.PRIVATE_KEY) ? new PrivateKey(block) : new SymmetricKey(block);
    }

    /** Returns somebody's public key on a curve as it travels. */
    static PublicKey publicKey(NamedCurve curve, Bytes point) {
        KeyParts.EcPublic parts = new KeyParts.EcPublic(curve, point);
        KeyFormatType format = KeyWriter.defaultFormat(parts);
        return new PublicKey(new KeyBlock(
                format,
                null,
                new KeyValue.Plain(
                        KeyWriter.write(parts, format).orElseThrow(), org.symbolon.kmip.object.Attributes.NONE),
                algorithm(curve),
                parts.bits(),
                null));
    }

    private static CryptographicAlgorithm algorithm(KeyType type, KeyParts parts) throws TokenException {
        if (parts instanceof KeyParts.EcPublic key) {
            return algorithm(key.curve());
        } else if (parts instanceof KeyParts.EcPrivate key) {
            return algorithm(key.curve());
        }
        return algorithm(type);
    }

    /** Returns the algorithm of keys of a type. */
    static CryptographicAlgorithm algorithm(KeyType type) throws TokenException {
        Optional<CryptographicAlgorithm> known = KeyAttributes.algorithm(type);
        return known.orElseThrow(
                () -> Refusals.attribute("CKR_ATTRIBUTE_VALUE_INVALID", "KMIP has no keys of the type " + type));
    }
}
