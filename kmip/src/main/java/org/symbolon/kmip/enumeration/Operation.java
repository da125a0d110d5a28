package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Operation, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record Operation(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("Operation");

    /** Create. */
    public static final Operation CREATE = named("Create");

    /** Create Key Pair. */
    public static final Operation CREATE_KEY_PAIR = named("CreateKeyPair");

    /** Register. */
    public static final Operation REGISTER = named("Register");

    /** Re-key. */
    public static final Operation RE_KEY = named("ReKey");

    /** Derive Key. */
    public static final Operation DERIVE_KEY = named("DeriveKey");

    /** Certify. */
    public static final Operation CERTIFY = named("Certify");

    /** Re-certify. */
    public static final Operation RE_CERTIFY = named("ReCertify");

    /** Locate. */
    public static final Operation LOCATE = named("Locate");

    /** Check. */
    public static final Operation CHECK = named("Check");

    /** Get. */
    public static final Operation GET = named("Get");

    /** Get Attributes. */
    public static final Operation GET_ATTRIBUTES = named("GetAttributes");

    /** Get Attribute List. */
    public static final Operation GET_ATTRIBUTE_LIST = named("GetAttributeList");

    /** Add Attribute. */
    public static final Operation ADD_ATTRIBUTE = named("AddAttribute");

    /** Modify Attribute. */
    public static final Operation MODIFY_ATTRIBUTE = named("ModifyAttribute");

    /** Delete Attribute. */
    public static final Operation DELETE_ATTRIBUTE = named("DeleteAttribute");

    /** Obtain Lease. */
    public static final Operation OBTAIN_LEASE = named("ObtainLease");

    /** Get Usage Allocation. */
    public static final Operation GET_USAGE_ALLOCATION = named("GetUsageAllocation");

    /** Activate. */
    public static final Operation ACTIVATE = named("Activate");

    /** Revoke. */
    public static final Operation REVOKE = named("Revoke");

    /** Destroy. */
    public static final Operation DESTROY = named("Destroy");

    /** Archive. */
    public static final Operation ARCHIVE = named("Archive");

    /** Recover. */
    public static final Operation RECOVER = named("Recover");

    /** Validate. */
    public static final Operation VALIDATE = named("Validate");

    /** Query. */
    public static final Operation QUERY = named("Query");

    /** Cancel. */
    public static final Operation CANCEL = named("Cancel");

    /** Poll. */
    public static final Operation POLL = named("Poll");

    /** Notify. */
    public static final Operation NOTIFY = named("Notify");

    /** Put. */
    public static final Operation PUT = named("Put");

    /** Re-key Key Pair. */
    public static final Operation RE_KEY_KEY_PAIR = named("ReKeyKeyPair");

    /** Discover Versions. */
    public static final Operation DISCOVER_VERSIONS = named("DiscoverVersions");

    /** Encrypt. */
    public static final Operation ENCRYPT = named("Encrypt");

    /** Decrypt. */
    public static final Operation DECRYPT = named("Decrypt");

    /** Sign. */
    public static final Operation SIGN = named("Sign");

    /** Signature Verify. */
    public static final Operation SIGNATURE_VERIFY = named("SignatureVerify");

    /** MAC. */
    public static final Operation MAC = named("MAC");

    /** MAC Verify. */
    public static final Operation MAC_VERIFY = named("MACVerify");

    /** RNG Retrieve. */
    public static final Operation RNG_RETRIEVE = named("RNGRetrieve");

    /** RNG Seed. */
    public static final Operation RNG_SEED = named("RNGSeed");

    /** Hash. */
    public static final Operation HASH = named("Hash");

    /** Create Split Key. */
    public static final Operation CREATE_SPLIT_KEY = named("CreateSplitKey");

    /** Join Split Key. */
    public static final Operation JOIN_SPLIT_KEY = named("JoinSplitKey");

    /** Import. */
    public static final Operation IMPORT = named("Import");

    /** Export. */
    public static final Operation EXPORT = named("Export");

    /** Log. */
    public static final Operation LOG = named("Log");

    /** Login. */
    public static final Operation LOGIN = named("Login");

    /** Logout. */
    public static final Operation LOGOUT = named("Logout");

    /** Delegated Login. */
    public static final Operation DELEGATED_LOGIN = named("DelegatedLogin");

    /** Adjust Attribute. */
    public static final Operation ADJUST_ATTRIBUTE = named("AdjustAttribute");

    /** Set Attribute. */
    public static final Operation SET_ATTRIBUTE = named("SetAttribute");

    /** Set Endpoint Role. */
    public static final Operation SET_ENDPOINT_ROLE = named("SetEndpointRole");

    /** PKCS#11. */
    public static final Operation PKCS_11 = named("PKCS_11");

    /** Interop. */
    public static final Operation INTEROP = named("Interop");

    /** Re-Provision. */
    public static final Operation RE_PROVISION = named("ReProvision");

    /** Set Defaults. */
    public static final Operation SET_DEFAULTS = named("SetDefaults");

    /** Set Constraints. */
    public static final Operation SET_CONSTRAINTS = named("SetConstraints");

    /** Get Constraints. */
    public static final Operation GET_CONSTRAINTS = named("GetConstraints");

    /** Query Asynchronous Requests. */
    public static final Operation QUERY_ASYNCHRONOUS_REQUESTS = named("QueryAsynchronousRequests");

    /** Process. */
    public static final Operation PROCESS = named("Process");

    /** Ping. */
    public static final Operation PING = named("Ping");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static Operation named(String xmlName) {
        return new Operation(TABLE.require(xmlName));
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
