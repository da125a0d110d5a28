package org.symbolon;

/**
 * An object in a token: a name for it and the attributes that were asked for, as they were when they were read.
 *
 * <p>An immutable value. It holds no session and no handle and grants nothing: what may be done with the object is
 * decided by the {@link Session} that it is given to. Thread-safe.
 */
public sealed interface TokenObject permits KeyObject, CertificateObject, DataObject, OtherObject {
    /** {@return what names the object for good} */
    ObjectId id();

    /** {@return the attributes that were read, CKA_CLASS and CKA_LABEL always among them} */
    Attributes attributes();

    /**
     * Returns whether the token vouches for these attributes: that they are what was stored through it, neither edited
     * nor put back behind its back.
     *
     * <p>True of every object of a token in its own hardware or process. A soft token vouches for public objects only to
     * a session that is logged in, or that pins the token's signing key. What decides who gets in uses verified objects
     * only.
     */
    boolean verified();

    /** {@return the object's class} */
    default ObjectClass objectClass() {
        return attributes().get(Attribute.CLASS);
    }

    /** {@return CKA_LABEL, empty if the object has none} */
    default String label() {
        return attributes().find(Attribute.LABEL).orElse("");
    }

    /** {@return the object in words, for messages: its class and label, or its id where the label is empty} */
    default String describe() {
        String name = label().isEmpty() ? id().toString() : "\"" + label() + "\"";
        return objectClass().name().replace("CKO_", "").replace('_', ' ').toLowerCase(java.util.Locale.ROOT) + " "
                + name;
    }

    /**
     * Returns the object of these attributes, in the record of its class.
     *
     * @param id what names it
     * @param attributes its attributes, CKA_CLASS among them
     * @param verified whether the token vouches for them
     * @return the object
     */
    static TokenObject of(ObjectId id, Attributes attributes, boolean verified) {
        ObjectClass objectClass = attributes.get(Attribute.CLASS);
        if (objectClass.equals(ObjectClass.PUBLIC_KEY)) {
            return new PublicKeyObject(id, attributes, verified);
        } else if (objectClass.equals(ObjectClass.PRIVATE_KEY)) {
            return new PrivateKeyObject(id, attributes, verified);
        } else if (objectClass.equals(ObjectClass.SECRET_KEY)) {
            return new SecretKeyObject(id, attributes, verified);
        } else if (objectClass.equals(ObjectClass.CERTIFICATE)) {
            return new CertificateObject(id, attributes, verified);
        } else if (objectClass.equals(ObjectClass.DATA)) {
            return new DataObject(id, attributes, verified);
        }
        return new OtherObject(id, attributes, verified);
    }
}
