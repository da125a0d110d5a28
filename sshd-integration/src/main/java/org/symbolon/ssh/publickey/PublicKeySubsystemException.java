package org.symbolon.ssh.publickey;

import java.io.IOException;
import java.util.Objects;

/**
 * A request of the public key subsystem was refused: by a server, which the client reports with it, or by a store, which the
 * server answers with it. The subsystem goes on.
 */
public final class PublicKeySubsystemException extends IOException {
    private static final long serialVersionUID = 1L;

    private final SubsystemStatus status;

    /**
     * Refuses a request.
     *
     * @param status how it ended
     * @param message what was refused and why; a server sends it to the user
     */
    public PublicKeySubsystemException(SubsystemStatus status, String message) {
        super(message);
        this.status = Objects.requireNonNull(status);
    }

    /**
     * How the request ended.
     *
     * @return not {@link SubsystemStatus#SUCCESS}
     */
    public SubsystemStatus status() {
        return status;
    }
}
