package org.symbolon.soft.archive;

import java.io.IOException;

/** Says that a backup file is damaged, is none, or does not open with the passphrase; the message says what and where. */
public final class ArchiveFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, and where
     */
    public ArchiveFormatException(String message) {
        super(message);
    }
}
