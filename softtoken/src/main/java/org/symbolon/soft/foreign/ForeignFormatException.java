package org.symbolon.soft.foreign;

import java.io.IOException;

/** Says that a file is not what it should be, or wants another passphrase; the message says what is wrong. */
public final class ForeignFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean passphraseMissing;

    private ForeignFormatException(String message, boolean passphraseMissing) {
        super(message);
        this.passphraseMissing = passphraseMissing;
    }

    static ForeignFormatException malformed(String message) {
        return new ForeignFormatException(message, false);
    }

    static ForeignFormatException encrypted() {
        return new ForeignFormatException("the file is encrypted; give its passphrase", true);
    }

    /** {@return whether the file is encrypted and no passphrase was given: ask for it and try again} */
    public boolean passphraseMissing() {
        return passphraseMissing;
    }
}
