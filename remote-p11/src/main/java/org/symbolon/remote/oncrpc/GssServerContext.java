package org.symbolon.remote.oncrpc;

import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;

/** A context that a client has made, or makes. Not thread-safe. */
final class GssServerContext {
    private static final Logger LOG = LoggerFactory.getLogger(GssServerContext.class);

    private final Bytes handle;
    private final GSSContext context;
    private final SequenceWindow window = new SequenceWindow();

    GssServerContext(Bytes handle, GSSContext context) {
        this.handle = handle;
        this.context = context;
    }

    Bytes handle() {
        return handle;
    }

    GSSContext gss() {
        return context;
    }

    SequenceWindow window() {
        return window;
    }

    /** Whether the client's ticket has come to its end, or the context is not there yet. */
    boolean isOver() {
        return !context.isEstablished() || context.getLifetime() <= 0;
    }

    void dispose() {
        try {
            context.dispose();
        } catch (GSSException e) {
            LOG.debug("a security context ended badly: {}", e.getMessage());
        }
    }
}
