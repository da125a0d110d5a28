package org.symbolon.config;

import org.symbolon.Session;
import org.symbolon.TokenModule;

/**
 * A session on a configured token, with the module that it lives in: closing it closes both.
 *
 * @param module the module
 * @param session the session
 */
public record OpenToken(TokenModule module, Session session) implements AutoCloseable {
    /** Closes the session and the module. Idempotent, throws nothing. */
    @Override
    public void close() {
        session.close();
        module.close();
    }
}
