package org.symbolon;

/**
 * What names an object for good, across sessions, connections and restarts; never a handle.
 *
 * <p>Tokens that give CKA_UNIQUE_ID (PKCS #11 v3.0 and later) make {@link Unique} ids; older ones {@link Described} ids,
 * which are as good as the labels and ids that people gave. Immutable and thread-safe.
 */
public sealed interface ObjectId {
    /** {@return the serial number of the token that the object lives in} */
    String tokenSerial();

    /** {@return the query that finds this object in its token, and no other where the token allows it} */
    ObjectQuery toQuery();

    /**
     * An id that the token made.
     *
     * @param tokenSerial the serial number of the token
     * @param uniqueId the value of CKA_UNIQUE_ID
     */
    record Unique(String tokenSerial, String uniqueId) implements ObjectId {
        @Override
        public ObjectQuery toQuery() {
            return ObjectQuery.all().with(Attribute.UNIQUE_ID, uniqueId);
        }

        @Override
        public String toString() {
            return uniqueId;
        }
    }

    /**
     * An id made of what the object says of itself, for tokens without unique ids.
     *
     * @param tokenSerial the serial number of the token
     * @param objectClass CKA_CLASS
     * @param id CKA_ID
     * @param label CKA_LABEL
     */
    record Described(String tokenSerial, ObjectClass objectClass, Bytes id, String label) implements ObjectId {
        @Override
        public ObjectQuery toQuery() {
            return ObjectQuery.of(objectClass).id(id).label(label);
        }

        @Override
        public String toString() {
            return objectClass + "/" + label + "/" + id.toHex();
        }
    }
}
