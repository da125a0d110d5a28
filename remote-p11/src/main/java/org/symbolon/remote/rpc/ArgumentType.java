package org.symbolon.remote.rpc;

/** The types of arguments that signatures name. */
public enum ArgumentType {
    /** CK_BYTE or CK_BBOOL. */
    OCTET("y"),
    /** CK_ULONG, handles, flags and CK_RV: eight bytes whatever the machine. */
    ULONG("u"),
    /** CK_VERSION. */
    VERSION("v"),
    /** Text of a fixed length, padded with blanks. */
    PADDED_TEXT("s"),
    /** Text of any length, without the zero byte that ends it in C. */
    TEXT("z"),
    /** Bytes, in either direction. */
    BYTES("ay"),
    /** The buffer of a caller that wants bytes. */
    BYTE_BUFFER("fy"),
    /** Numbers. */
    ULONGS("au"),
    /** The buffer of a caller that wants numbers. */
    ULONG_BUFFER("fu"),
    /** Attributes with their values. */
    ATTRIBUTES("aA"),
    /** The buffers of a caller that wants attributes. */
    ATTRIBUTE_BUFFERS("fA"),
    /** A mechanism with its parameter. */
    MECHANISM("M"),
    /** What a call changed in the parameter of its mechanism. */
    PARAMETER_UPDATE("P");

    private final String code;

    ArgumentType(String code) {
        this.code = code;
    }

    /** {@return its code in signatures, one or two letters} */
    public String code() {
        return code;
    }
}
