package org.symbolon;

/**
 * Where a {@link LiveToken} gets its token and its login, each time anew. Thread-safe; both methods may block.
 *
 * <p>{@code org.symbolon.config.TokenConfiguration} is the usual one.
 */
public interface SessionSource {
    /**
     * Opens the module and finds the token in it.
     *
     * @return the token of a module that was opened for this call; the live token closes the module
     * @throws TokenException if it cannot be opened or found
     */
    Token openToken() throws TokenException;

    /**
     * Returns how to log in now.
     *
     * @return the login; a PIN in it was made for this call, and the live token closes it
     * @throws TokenException if the PIN cannot be had
     */
    Login login() throws TokenException;
}
