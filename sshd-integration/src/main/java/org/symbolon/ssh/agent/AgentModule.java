package org.symbolon.ssh.agent;

import java.util.List;
import java.util.Optional;
import org.symbolon.ModuleInfo;
import org.symbolon.Pin;
import org.symbolon.SlotInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/**
 * An agent as a module: one slot, one token.
 *
 * @param client what speaks to it
 * @param token the token
 */
record AgentModule(SshAgentClient client, AgentToken token) implements ModuleSpi {
    AgentModule(SshAgentClient client) {
        this(client, new AgentToken(client));
    }

    @Override
    public ModuleInfo info() {
        return new ModuleInfo("Keys of an ssh-agent", "Symbolon", "1");
    }

    @Override
    public List<SlotSpi> slots(CallOptions options) {
        return List.of(new OnlySlot(token));
    }

    @Override
    public void close() {
        client.close();
    }

    private record OnlySlot(AgentToken token) implements SlotSpi {
        @Override
        public SlotInfo info() {
            return new SlotInfo(0, "ssh-agent on " + token.client().socket(), "Symbolon");
        }

        @Override
        public Optional<TokenSpi> token(CallOptions options) {
            return Optional.of(token);
        }

        @Override
        public TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException {
            throw new TokenOperationException(
                    Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"), "an agent makes no tokens; ssh-add adds keys to it");
        }
    }
}
