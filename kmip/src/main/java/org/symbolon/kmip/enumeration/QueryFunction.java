package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Query Function, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record QueryFunction(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("QueryFunction");

    /** Query Operations. */
    public static final QueryFunction QUERY_OPERATIONS = named("QueryOperations");

    /** Query Objects. */
    public static final QueryFunction QUERY_OBJECTS = named("QueryObjects");

    /** Query Server Information. */
    public static final QueryFunction QUERY_SERVER_INFORMATION = named("QueryServerInformation");

    /** Query Application Namespaces. */
    public static final QueryFunction QUERY_APPLICATION_NAMESPACES = named("QueryApplicationNamespaces");

    /** Query Extension List. */
    public static final QueryFunction QUERY_EXTENSION_LIST = named("QueryExtensionList");

    /** Query Extension Map. */
    public static final QueryFunction QUERY_EXTENSION_MAP = named("QueryExtensionMap");

    /** Query Attestation Types. */
    public static final QueryFunction QUERY_ATTESTATION_TYPES = named("QueryAttestationTypes");

    /** Query RNGs. */
    public static final QueryFunction QUERY_RN_GS = named("QueryRNGs");

    /** Query Validations. */
    public static final QueryFunction QUERY_VALIDATIONS = named("QueryValidations");

    /** Query Profiles. */
    public static final QueryFunction QUERY_PROFILES = named("QueryProfiles");

    /** Query Capabilities. */
    public static final QueryFunction QUERY_CAPABILITIES = named("QueryCapabilities");

    /** Query Client Registration Methods. */
    public static final QueryFunction QUERY_CLIENT_REGISTRATION_METHODS = named("QueryClientRegistrationMethods");

    /** Query Defaults Information. */
    public static final QueryFunction QUERY_DEFAULTS_INFORMATION = named("QueryDefaultsInformation");

    /** Query Storage Protection Masks. */
    public static final QueryFunction QUERY_STORAGE_PROTECTION_MASKS = named("QueryStorageProtectionMasks");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static QueryFunction named(String xmlName) {
        return new QueryFunction(TABLE.require(xmlName));
    }

    @Override
    public ValueTable table() {
        return TABLE;
    }

    @Override
    public String toString() {
        return xmlName();
    }
}
