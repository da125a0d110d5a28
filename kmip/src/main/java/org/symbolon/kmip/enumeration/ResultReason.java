package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Result Reason, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record ResultReason(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("ResultReason");

    /** Item Not Found. */
    public static final ResultReason ITEM_NOT_FOUND = named("ItemNotFound");

    /** Response Too Large. */
    public static final ResultReason RESPONSE_TOO_LARGE = named("ResponseTooLarge");

    /** Authentication Not Successful. */
    public static final ResultReason AUTHENTICATION_NOT_SUCCESSFUL = named("AuthenticationNotSuccessful");

    /** Invalid Message. */
    public static final ResultReason INVALID_MESSAGE = named("InvalidMessage");

    /** Operation Not Supported. */
    public static final ResultReason OPERATION_NOT_SUPPORTED = named("OperationNotSupported");

    /** Missing Data. */
    public static final ResultReason MISSING_DATA = named("MissingData");

    /** Invalid Field. */
    public static final ResultReason INVALID_FIELD = named("InvalidField");

    /** Feature Not Supported. */
    public static final ResultReason FEATURE_NOT_SUPPORTED = named("FeatureNotSupported");

    /** Operation Canceled By Requester. */
    public static final ResultReason OPERATION_CANCELED_BY_REQUESTER = named("OperationCanceledByRequester");

    /** Cryptographic Failure. */
    public static final ResultReason CRYPTOGRAPHIC_FAILURE = named("CryptographicFailure");

    /** Illegal Operation. */
    public static final ResultReason ILLEGAL_OPERATION = named("IllegalOperation");

    /** Permission Denied. */
    public static final ResultReason PERMISSION_DENIED = named("PermissionDenied");

    /** Object Archived. */
    public static final ResultReason OBJECT_ARCHIVED = named("ObjectArchived");

    /** Index Out of Bounds. */
    public static final ResultReason INDEX_OUT_OF_BOUNDS = named("IndexOutOfBounds");

    /** Application Namespace Not Supported. */
    public static final ResultReason APPLICATION_NAMESPACE_NOT_SUPPORTED = named("ApplicationNamespaceNotSupported");

    /** Key Format Type Not Supported. */
    public static final ResultReason KEY_FORMAT_TYPE_NOT_SUPPORTED = named("KeyFormatTypeNotSupported");

    /** Key Compression Type Not Supported. */
    public static final ResultReason KEY_COMPRESSION_TYPE_NOT_SUPPORTED = named("KeyCompressionTypeNotSupported");

    /** General Failure. */
    public static final ResultReason GENERAL_FAILURE = named("GeneralFailure");

    /** Encoding Option Error. */
    public static final ResultReason ENCODING_OPTION_ERROR = named("EncodingOptionError");

    /** Key Value Not Present. */
    public static final ResultReason KEY_VALUE_NOT_PRESENT = named("KeyValueNotPresent");

    /** Attestation Required. */
    public static final ResultReason ATTESTATION_REQUIRED = named("AttestationRequired");

    /** Attestation Failed. */
    public static final ResultReason ATTESTATION_FAILED = named("AttestationFailed");

    /** Sensitive. */
    public static final ResultReason SENSITIVE = named("Sensitive");

    /** Not Extractable. */
    public static final ResultReason NOT_EXTRACTABLE = named("NotExtractable");

    /** Object Already Exists. */
    public static final ResultReason OBJECT_ALREADY_EXISTS = named("ObjectAlreadyExists");

    /** Invalid Ticket. */
    public static final ResultReason INVALID_TICKET = named("InvalidTicket");

    /** Usage Limit Exceeded. */
    public static final ResultReason USAGE_LIMIT_EXCEEDED = named("UsageLimitExceeded");

    /** Numeric Range. */
    public static final ResultReason NUMERIC_RANGE = named("NumericRange");

    /** Invalid Data Type. */
    public static final ResultReason INVALID_DATA_TYPE = named("InvalidDataType");

    /** Read Only Attribute. */
    public static final ResultReason READ_ONLY_ATTRIBUTE = named("ReadOnlyAttribute");

    /** Multi Valued Attribute. */
    public static final ResultReason MULTI_VALUED_ATTRIBUTE = named("MultiValuedAttribute");

    /** Unsupported Attribute. */
    public static final ResultReason UNSUPPORTED_ATTRIBUTE = named("UnsupportedAttribute");

    /** Attribute Instance Not Found. */
    public static final ResultReason ATTRIBUTE_INSTANCE_NOT_FOUND = named("AttributeInstanceNotFound");

    /** Attribute Not Found. */
    public static final ResultReason ATTRIBUTE_NOT_FOUND = named("AttributeNotFound");

    /** Attribute Read Only. */
    public static final ResultReason ATTRIBUTE_READ_ONLY = named("AttributeReadOnly");

    /** Attribute Single Valued. */
    public static final ResultReason ATTRIBUTE_SINGLE_VALUED = named("AttributeSingleValued");

    /** Bad Cryptographic Parameters. */
    public static final ResultReason BAD_CRYPTOGRAPHIC_PARAMETERS = named("BadCryptographicParameters");

    /** Bad Password. */
    public static final ResultReason BAD_PASSWORD = named("BadPassword");

    /** Codec Error. */
    public static final ResultReason CODEC_ERROR = named("CodecError");

    /** Illegal Object Type. */
    public static final ResultReason ILLEGAL_OBJECT_TYPE = named("IllegalObjectType");

    /** Incompatible Cryptographic Usage Mask. */
    public static final ResultReason INCOMPATIBLE_CRYPTOGRAPHIC_USAGE_MASK =
            named("IncompatibleCryptographicUsageMask");

    /** Internal Server Error. */
    public static final ResultReason INTERNAL_SERVER_ERROR = named("InternalServerError");

    /** Invalid Asynchronous Correlation Value. */
    public static final ResultReason INVALID_ASYNCHRONOUS_CORRELATION_VALUE =
            named("InvalidAsynchronousCorrelationValue");

    /** Invalid Attribute. */
    public static final ResultReason INVALID_ATTRIBUTE = named("InvalidAttribute");

    /** Invalid Attribute Value. */
    public static final ResultReason INVALID_ATTRIBUTE_VALUE = named("InvalidAttributeValue");

    /** Invalid Correlation Value. */
    public static final ResultReason INVALID_CORRELATION_VALUE = named("InvalidCorrelationValue");

    /** Invalid CSR. */
    public static final ResultReason INVALID_CSR = named("InvalidCSR");

    /** Invalid Object Type. */
    public static final ResultReason INVALID_OBJECT_TYPE = named("InvalidObjectType");

    /** Key Wrap Type Not Supported. */
    public static final ResultReason KEY_WRAP_TYPE_NOT_SUPPORTED = named("KeyWrapTypeNotSupported");

    /** Missing Initialization Vector. */
    public static final ResultReason MISSING_INITIALIZATION_VECTOR = named("MissingInitializationVector");

    /** Non Unique Name Attribute. */
    public static final ResultReason NON_UNIQUE_NAME_ATTRIBUTE = named("NonUniqueNameAttribute");

    /** Object Destroyed. */
    public static final ResultReason OBJECT_DESTROYED = named("ObjectDestroyed");

    /** Object Not Found. */
    public static final ResultReason OBJECT_NOT_FOUND = named("ObjectNotFound");

    /** Not Authorised. */
    public static final ResultReason NOT_AUTHORIZED = named("NotAuthorized");

    /** Server Limit Exceeded. */
    public static final ResultReason SERVER_LIMIT_EXCEEDED = named("ServerLimitExceeded");

    /** Unknown Enumeration. */
    public static final ResultReason UNKNOWN_ENUMERATION = named("UnknownEnumeration");

    /** Unknown Message Extension. */
    public static final ResultReason UNKNOWN_MESSAGE_EXTENSION = named("UnknownMessageExtension");

    /** Unknown Tag. */
    public static final ResultReason UNKNOWN_TAG = named("UnknownTag");

    /** Unsupported Cryptographic Parameters. */
    public static final ResultReason UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS = named("UnsupportedCryptographicParameters");

    /** Unsupported Protocol Version. */
    public static final ResultReason UNSUPPORTED_PROTOCOL_VERSION = named("UnsupportedProtocolVersion");

    /** Wrapping Object Archived. */
    public static final ResultReason WRAPPING_OBJECT_ARCHIVED = named("WrappingObjectArchived");

    /** Wrapping Object Destroyed. */
    public static final ResultReason WRAPPING_OBJECT_DESTROYED = named("WrappingObjectDestroyed");

    /** Wrapping Object Not Found. */
    public static final ResultReason WRAPPING_OBJECT_NOT_FOUND = named("WrappingObjectNotFound");

    /** Wrong Key Lifecycle State. */
    public static final ResultReason WRONG_KEY_LIFECYCLE_STATE = named("WrongKeyLifecycleState");

    /** Protection Storage Unavailable. */
    public static final ResultReason PROTECTION_STORAGE_UNAVAILABLE = named("ProtectionStorageUnavailable");

    /** PKCS#11 Codec Error. */
    public static final ResultReason PKCS_11_CODEC_ERROR = named("PKCS_11CodecError");

    /** PKCS#11 Invalid Function. */
    public static final ResultReason PKCS_11_INVALID_FUNCTION = named("PKCS_11InvalidFunction");

    /** PKCS#11 Invalid Interface. */
    public static final ResultReason PKCS_11_INVALID_INTERFACE = named("PKCS_11InvalidInterface");

    /** Private Protection Storage Unavailable. */
    public static final ResultReason PRIVATE_PROTECTION_STORAGE_UNAVAILABLE =
            named("PrivateProtectionStorageUnavailable");

    /** Public Protection Storage Unavailable. */
    public static final ResultReason PUBLIC_PROTECTION_STORAGE_UNAVAILABLE =
            named("PublicProtectionStorageUnavailable");

    /** Unknown Object Group. */
    public static final ResultReason UNKNOWN_OBJECT_GROUP = named("UnknownObjectGroup");

    /** Constraint Violation. */
    public static final ResultReason CONSTRAINT_VIOLATION = named("ConstraintViolation");

    /** Duplicate Process Request. */
    public static final ResultReason DUPLICATE_PROCESS_REQUEST = named("DuplicateProcessRequest");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ResultReason named(String xmlName) {
        return new ResultReason(TABLE.require(xmlName));
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
