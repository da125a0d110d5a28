package org.symbolon.ssh.agent;

import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/**
 * A key that an agent offers.
 *
 * @param blob the key's blob, or that of a certificate of it
 * @param comment what the agent calls it; any text
 */
public record AgentIdentity(Bytes blob, String comment) {
    /**
     * Returns the key.
     *
     * @return the key, or empty if the blob is that of a certificate, of a type that is not supported, or malformed
     */
    public Optional<SshPublicKey> key() {
        try {
            return Optional.of(SshPublicKey.parse(blob.toByteArray()));
        } catch (SshFormatException e) {
            return Optional.empty(); // an agent may hold what others understand
        }
    }
}
