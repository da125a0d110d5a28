package org.symbolon.kmip.message;

/** Something was to be written that the version of the protocol does not have. */
public final class NotInVersionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NotInVersionException(String message) {
        super(message);
    }
}
