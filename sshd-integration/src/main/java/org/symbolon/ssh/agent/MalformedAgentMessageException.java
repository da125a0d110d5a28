package org.symbolon.ssh.agent;

import java.io.IOException;

/** The other end sent what is no message of the agent protocol. */
final class MalformedAgentMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAgentMessageException(String message) {
        super(message);
    }

    MalformedAgentMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
