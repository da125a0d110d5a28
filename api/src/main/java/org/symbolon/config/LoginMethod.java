package org.symbolon.config;

/** How a configured token is logged in to. */
public enum LoginMethod {
    /** {@code none}: a public session. */
    NONE,
    /** {@code pin}: the user's PIN, which the file refers to. */
    PIN,
    /** {@code protected-path}: the token asks for the PIN itself. */
    PROTECTED_PATH,
    /** {@code identity}: by the identity that the transport proves. */
    IDENTITY
}
