package org.symbolon.ssh.publickey;

import org.symbolon.ssh.FuzzedInput;

/**
 * A fuzz target: messages of the public key subsystem (RFC 4819, RFC 7076), of clients and of servers. Jazzer finds the method
 * by its name; {@code FuzzTargetsTest} calls it in every build.
 */
public final class SubsystemFuzz {
    private SubsystemFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzedInput input = FuzzedInput.of(data).read(Answer::parse);
        for (SubsystemVersion version : SubsystemVersion.values()) {
            input.read(packet -> Request.parse(packet, version));
        }
    }
}
