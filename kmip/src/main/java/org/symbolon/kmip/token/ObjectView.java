package org.symbolon.kmip.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.key.KeyDer;
import org.symbolon.kmip.key.UsageFlags;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;

/** What PKCS #11 shows of an object: what KMIP says of it, what its public part is, and what it carries for us. */
final class ObjectView {
    private ObjectView() {}

    /**
     * Returns the attributes that are shown.
     *
     * @param id its Unique Identifier
     * @param type its Object Type
     * @param said its KMIP attributes
     * @param material its public part
     * @param label its label
     * @return the attributes; empty for an object that PKCS #11 has no class for
     */
    static Optional<org.symbolon.Attributes> of(
            String id, ObjectType type, Attributes said, org.symbolon.Attributes material, String label) {
        Optional<ObjectClass> objectClass = ObjectKinds.objectClass(type);
        if (objectClass.isEmpty()) {
            return Optional.empty();
        }
        Optional<org.symbolon.Attributes> own = VendorAttributes.rest(said);
        org.symbolon.Attributes.Builder shown = org.symbolon.Attributes.builder()
                .setAll(own.isPresent() ? own.get() : foreign(objectClass.get(), said))
                .setAll(material);
        shown.set(Attribute.CLASS, objectClass.get())
                .set(Attribute.UNIQUE_ID, id)
                .set(Attribute.LABEL, label)
                .set(Attribute.TOKEN, true);
        said.get(AttributeType.SENSITIVE).ifPresent(flag -> shown.set(Attribute.SENSITIVE, flag));
        said.get(AttributeType.EXTRACTABLE).ifPresent(flag -> shown.set(Attribute.EXTRACTABLE, flag));
        if (objectClass.get().isKey()) {
            key(shown, objectClass.get(), said);
        }
        if (!objectClass.get().equals(ObjectClass.DATA)) {
            Bytes derived = derivedId(shown.build());
            shown.set(
                    Attribute.ID,
                    VendorAttributes.bytes(said, VendorAttributes.ID).orElse(derived));
        }
        return Optional.of(shown.build());
    }

    private static org.symbolon.Attributes foreign(ObjectClass objectClass, Attributes said) {
        boolean secret = objectClass.equals(ObjectClass.PRIVATE_KEY) || objectClass.equals(ObjectClass.SECRET_KEY);
        org.symbolon.Attributes.Builder shown = org.symbolon.Attributes.builder()
                .set(Attribute.PRIVATE, secret || objectClass.equals(ObjectClass.DATA))
                .set(Attribute.MODIFIABLE, true)
                .set(Attribute.COPYABLE, true)
                .set(Attribute.DESTROYABLE, true);
        if (secret) {
            shown.set(Attribute.SENSITIVE, false)
                    .set(Attribute.EXTRACTABLE, true)
                    .set(Attribute.ALWAYS_SENSITIVE, false)
                    .set(Attribute.NEVER_EXTRACTABLE, false);
        }
        if (objectClass.isKey()) {
            shown.set(Attribute.LOCAL, false);
            said.get(AttributeType.ACTIVATION_DATE)
                    .ifPresent(date -> shown.set(Attribute.START_DATE, LocalDate.ofInstant(date, ZoneOffset.UTC)));
            said.get(AttributeType.DEACTIVATION_DATE)
                    .ifPresent(date -> shown.set(Attribute.END_DATE, LocalDate.ofInstant(date, ZoneOffset.UTC)));
        }
        if (objectClass.equals(ObjectClass.CERTIFICATE)) {
            shown.set(Attribute.TRUSTED, false);
        }
        return shown.build();
    }

    private static void key(org.symbolon.Attributes.Builder shown, ObjectClass objectClass, Attributes said) {
        org.symbolon.Attributes before = shown.build();
        Optional<KeyType> type = before.find(Attribute.KEY_TYPE)
                .or(() -> said.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM).flatMap(ObjectKinds::keyType));
        KeyType known = type.orElse(KeyType.GENERIC_SECRET);
        shown.set(Attribute.KEY_TYPE, known);
        CryptographicUsageMask mask =
                said.get(AttributeType.CRYPTOGRAPHIC_USAGE_MASK).orElse(new CryptographicUsageMask(0));
        shown.setAll(UsageFlags.of(mask, objectClass, known).attributes());
        said.get(AttributeType.CRYPTOGRAPHIC_LENGTH).ifPresent(bits -> {
            if (objectClass.equals(ObjectClass.SECRET_KEY)) {
                shown.set(Attribute.VALUE_LEN, (long) bits / Byte.SIZE);
            } else if (objectClass.equals(ObjectClass.PUBLIC_KEY) && known.equals(KeyType.RSA)) {
                shown.set(Attribute.MODULUS_BITS, (long) bits);
            }
        });
    }

    /** Returns the id of an object that carries none: that of its public key, so that what belongs together has one. */
    private static Bytes derivedId(org.symbolon.Attributes shown) {
        Optional<Bytes> info = shown.find(Attribute.PUBLIC_KEY_INFO).filter(value -> !value.isEmpty());
        try {
            return info.isPresent() ? sha1(subjectPublicKey(info.get())) : Bytes.empty();
        } catch (InvalidAttributeException e) {
            return sha1(info.orElseThrow().toByteArray());
        }
    }

    /** Returns the bits of the key alone, as RFC 5280 (section 4.2.1.2) makes key identifiers of. */
    private static byte[] subjectPublicKey(Bytes info) throws InvalidAttributeException {
        KeyDer outer = KeyDer.reader(info.sharedArray()).into(KeyDer.SEQUENCE);
        outer.into(KeyDer.SEQUENCE);
        return outer.bits();
    }

    private static Bytes sha1(byte[] content) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-1", e);
        }
    }

    /** Returns the length of a text in UTF-8. */
    static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
