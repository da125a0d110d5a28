/**
 * The ssh-agent protocol (RFC 9987, OpenSSH's PROTOCOL.agent): {@link org.symbolon.ssh.agent.TokenSshAgent} offers keys of tokens to
 * OpenSSH and every other client of an agent, {@code SshAgentClient} uses the keys of an agent that runs, and {@code agent:} URIs show them as a token.
 */
@NullMarked
package org.symbolon.ssh.agent;

import org.jspecify.annotations.NullMarked;
