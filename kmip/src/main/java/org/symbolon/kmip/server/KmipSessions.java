package org.symbolon.kmip.server;

import org.symbolon.Session;
import org.symbolon.TokenException;

/**
 * The sessions that do the work of identities: one for all, or one for each, such as logins of their own or decorated ones. Thread-safe.
 */
@FunctionalInterface
public interface KmipSessions {
    /**
     * Returns the session of an identity. Called once for each identity, and then again if the server has forgotten it.
     *
     * @param identity who asks
     * @return the session; stays its maker's
     * @throws TokenException if there is none
     */
    Session of(KmipIdentity identity) throws TokenException;
}
