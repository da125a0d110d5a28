package org.symbolon.ssh.publickey;

import java.util.Arrays;
import java.util.Optional;

/** How a request of the public key subsystem ended (RFC 4819 section 3.3, RFC 7076 section 4). */
public enum SubsystemStatus {
    /** It was done. */
    SUCCESS(0, "done"),
    /** The user may not do it, or this key or certificate may not be overwritten. */
    ACCESS_DENIED(1, "access denied"),
    /** The user's quota is used up. */
    STORAGE_EXCEEDED(2, "storage exceeded"),
    /** The peer's version is not spoken here; ends the version exchange and is sent at no other time. */
    VERSION_NOT_SUPPORTED(3, "version not supported"),
    /** There is no such key to remove. */
    KEY_NOT_FOUND(4, "key not found"),
    /** The key's algorithm or size is refused, or its blob is not a key of that algorithm. */
    KEY_NOT_SUPPORTED(5, "key not supported"),
    /** The key is there, and was not to be overwritten. */
    KEY_ALREADY_PRESENT(6, "key already present"),
    /** The store failed, or the request was malformed. */
    GENERAL_FAILURE(7, "failure"),
    /** There is no such request. */
    REQUEST_NOT_SUPPORTED(8, "request not supported"),
    /** A critical attribute is not known or not enforced, or the value of one that is enforced cannot be read. */
    ATTRIBUTE_NOT_SUPPORTED(9, "attribute not supported"),
    /** There is no such certificate in that namespace. */
    CERTIFICATE_NOT_FOUND(192, "certificate not found"),
    /** The certificate's format or content is refused. */
    CERTIFICATE_NOT_SUPPORTED(193, "certificate not supported"),
    /** The certificate is in that namespace, and was not to be overwritten. */
    CERTIFICATE_ALREADY_PRESENT(194, "certificate already present"),
    /** The user's rights in the namespace do not allow it. */
    ACTION_NOT_AUTHORIZED(195, "action not authorized"),
    /** The namespace does not exist, and the user may not create it. */
    CANNOT_CREATE_NAMESPACE(196, "cannot create namespace");

    private final int code;
    private final String text;

    SubsystemStatus(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /**
     * The number on the wire.
     *
     * @return 0 to 196
     */
    public int code() {
        return code;
    }

    /**
     * What the number says, in a few words.
     *
     * @return text in English
     */
    public String text() {
        return text;
    }

    /**
     * Finds a status by its number.
     *
     * @param code any number
     * @return the status, or empty where the number is unknown
     */
    public static Optional<SubsystemStatus> byCode(long code) {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }
}
