package org.symbolon.ssh.agent;

import org.symbolon.ssh.SshFormatException;

/** A fuzz target: bytes that are an agent's answer to our client or are refused with a reason. */
public final class AgentAnswerFuzz {
    private AgentAnswerFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        tryAnswer(data);
    }

    /** Returns whether the bytes are an answer. */
    static boolean tryAnswer(byte[] data) {
        try {
            AgentAnswer answer = AgentAnswer.parse(data);
            if (answer instanceof AgentAnswer.Identities found) {
                AgentObject.all("serial", found.identities());
            }
            if (!AgentAnswer.parse(answer.encode()).equals(answer)) {
                throw new AssertionError(answer + " changed");
            }
            return true;
        } catch (SshFormatException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("no reason is given", e);
            }
            return false;
        }
    }
}
