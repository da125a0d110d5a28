package org.symbolon.ssh.agent;

import java.util.Optional;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;

/** Opens the tokens that {@code ssh-add -s} may name: the list of what is allowed. Thread-safe. */
@FunctionalInterface
public interface AgentTokens {
    /**
     * Opens a token.
     *
     * @param id what was typed, any text: a name of the configuration, a URI
     * @param pin the PIN that was typed, perhaps empty; the caller's to close
     * @return the token, which the agent closes, or empty if nobody may open one of this name
     * @throws ConfigurationException if its configuration is not usable
     * @throws TokenException if it does not open or refuses the PIN
     */
    Optional<OpenToken> open(String id, Pin pin) throws ConfigurationException, TokenException;
}
