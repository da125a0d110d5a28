package org.symbolon.ssh.agent;

import java.time.InstantSource;
import java.util.Optional;

/**
 * What an agent does and what it does not.
 *
 * @param tokens which tokens clients may log in to
 * @param confirmation who is asked; nobody if empty, so that keys that must be confirmed do not sign
 * @param addedKeys whether clients may hand private keys over
 * @param defaults lifetime and confirmation of what clients add without saying
 * @param clock what time it is
 */
record AgentRules(
        AgentTokens tokens,
        Optional<AgentConfirmation> confirmation,
        boolean addedKeys,
        KeyConstraints defaults,
        InstantSource clock) {}
