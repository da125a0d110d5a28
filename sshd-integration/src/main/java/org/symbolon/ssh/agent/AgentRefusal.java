package org.symbolon.ssh.agent;

/** Why a request is answered by a failure. The client hears no reason, the log does: the message has no secrets. */
final class AgentRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    AgentRefusal(String reason) {
        super(reason);
        this.reason = reason;
    }

    AgentRefusal(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** The message. */
    String reason() {
        return reason;
    }
}
