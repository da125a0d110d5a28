package org.symbolon;

/**
 * What {@link Session#find} looks for: attributes that must match exactly, byte by byte, as PKCS #11 has it. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * ObjectQuery.privateKeys().label("deploy").limit(2)
 * }</pre>
 *
 * @param attributes the attributes that must match; none matches every visible object
 * @param limit the largest number of objects to find, at least 1
 */
public record ObjectQuery(Attributes attributes, long limit) {
    private static final ObjectQuery ALL = new ObjectQuery(Attributes.none(), Long.MAX_VALUE);

    public ObjectQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is at least 1, not " + limit);
        }
    }

    /** {@return the query that matches every visible object} */
    public static ObjectQuery all() {
        return ALL;
    }

    /**
     * Returns the query for the objects of a class.
     *
     * @param objectClass the class
     * @return the query
     */
    public static ObjectQuery of(ObjectClass objectClass) {
        return ALL.with(Attribute.CLASS, objectClass);
    }

    /** {@return the query for private keys} */
    public static ObjectQuery privateKeys() {
        return of(ObjectClass.PRIVATE_KEY);
    }

    /** {@return the query for public keys} */
    public static ObjectQuery publicKeys() {
        return of(ObjectClass.PUBLIC_KEY);
    }

    /** {@return the query for secret keys} */
    public static ObjectQuery secretKeys() {
        return of(ObjectClass.SECRET_KEY);
    }

    /** {@return the query for certificates} */
    public static ObjectQuery certificates() {
        return of(ObjectClass.CERTIFICATE);
    }

    /**
     * Returns this query narrowed to a label.
     *
     * @param label CKA_LABEL, exactly
     * @return a new query
     */
    public ObjectQuery label(String label) {
        return with(Attribute.LABEL, label);
    }

    /**
     * Returns this query narrowed to an id.
     *
     * @param id CKA_ID, exactly
     * @return a new query
     */
    public ObjectQuery id(Bytes id) {
        return with(Attribute.ID, id);
    }

    /**
     * Returns this query narrowed by one attribute.
     *
     * @param attribute the attribute
     * @param value the value that it must have
     * @param <T> the class of its values
     * @return a new query
     */
    public <T> ObjectQuery with(Attribute<T> attribute, T value) {
        return new ObjectQuery(attributes.with(attribute, value), limit);
    }

    /**
     * Returns this query with a limit.
     *
     * @param newLimit the largest number of objects to find, at least 1
     * @return a new query
     */
    public ObjectQuery limit(long newLimit) {
        return new ObjectQuery(attributes, newLimit);
    }
}
