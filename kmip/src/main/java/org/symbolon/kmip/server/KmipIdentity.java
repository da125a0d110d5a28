package org.symbolon.kmip.server;

/**
 * Who a client is, to whom objects belong. Its name is kept with each object that it makes.
 *
 * @param name what the authenticator calls it, 1 to {@value #MAX_NAME} characters
 */
public record KmipIdentity(String name) {
    /** The longest name, in characters. */
    public static final int MAX_NAME = 1024;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is empty or too long
     */
    public KmipIdentity {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "an identity's name has 1 to " + MAX_NAME + " characters, not " + name.length());
        }
    }
}
