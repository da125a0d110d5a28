package org.symbolon;

/**
 * What a session is.
 *
 * @param token the token that it is open on
 * @param role in whose name it acts
 * @param readOnly whether token objects cannot be written through it
 */
public record SessionInfo(TokenInfo token, Role role, boolean readOnly) {}
