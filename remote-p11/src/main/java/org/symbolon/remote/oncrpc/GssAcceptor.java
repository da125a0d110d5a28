package org.symbolon.remote.oncrpc;

import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;

/** What accepts tickets. Thread-safe. */
public interface GssAcceptor {
    /**
     * Makes a context that waits for a client's first token.
     *
     * @return the context
     * @throws GSSException if the service has no key to accept tickets with
     */
    GSSContext context() throws GSSException;

    /**
     * Tells whose ticket was accepted.
     *
     * @param context the context, established
     * @return who calls
     * @throws GSSException if the context does not tell
     */
    GssCaller caller(GSSContext context) throws GSSException;
}
