package org.symbolon.ssh.agent;

import org.symbolon.ssh.SshPublicKey;

/** Says what each key of an agent may be used for. Thread-safe. */
@FunctionalInterface
public interface AgentKeyPolicies {
    /**
     * Returns the policy of a key.
     *
     * @param key the key
     * @param label its label in the token, or the comment it was added with
     * @return what it may be used for
     */
    AgentKeyPolicy of(SshPublicKey key, String label);
}
