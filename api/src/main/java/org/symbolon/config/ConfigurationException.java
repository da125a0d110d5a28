package org.symbolon.config;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * The configuration cannot be used: the file is missing, unsafe or has mistakes, or a secret that it refers to cannot be
 * read.
 *
 * <p>The message has one line for each mistake, {@code file:line:column: what is wrong}. It never holds a secret.
 */
public final class ConfigurationException extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    private final String message;

    ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
