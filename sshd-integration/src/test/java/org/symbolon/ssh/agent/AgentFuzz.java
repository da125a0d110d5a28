package org.symbolon.ssh.agent;

import org.symbolon.ssh.FuzzedInput;
import org.symbolon.ssh.SshFormatException;

/**
 * A fuzz target: an agent's requests, and the data that it is asked to sign. Jazzer finds the method by its name; {@code
 * FuzzTargetsTest} calls it in every build.
 */
public final class AgentFuzz {
    private AgentFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        SignedData.of(data.clone());
        FuzzedInput.of(data).read(AgentFuzz::request);
    }

    private static void request(byte[] payload) throws SshFormatException {
        try {
            AgentRequestReader.read(payload).close();
        } catch (AgentRefusal e) {
            FuzzedInput.require(e.getMessage() != null, "a refusal has a reason");
        }
    }
}
