package org.symbolon.ssh.agent;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.config.AgentPurpose;
import org.symbolon.ssh.Text;

/**
 * One line for each signature that was asked for, and for each change of what the agent holds: who, which key, for what. Its logger
 * is {@code org.symbolon.audit.agent}.
 */
final class AgentAudit {
    private static final Logger LOG = LoggerFactory.getLogger("org.symbolon.audit.agent");

    private AgentAudit() {}

    static void signed(String client, HeldKey key, SignedData data, SessionBindings bindings) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{} signs with {}: {}", client, named(key), described(data, bindings));
        }
    }

    static void refused(String client, HeldKey key, SignedData data, SessionBindings bindings, String why) {
        LOG.warn("{} may not sign with {}: {}: {}", client, named(key), described(data, bindings), why);
    }

    static void did(String client, String what) {
        LOG.info("{} {}", client, what);
    }

    static void refused(String client, String why) {
        LOG.warn("{} is refused: {}", client, why);
    }

    /** Says what is signed, as far as it shows, with no line breaks from outside. */
    static String described(SignedData data, SessionBindings bindings) {
        String purpose = data.purpose().word();
        if (data.login().isPresent()) {
            SignedData.Login login = data.login().get();
            Optional<String> host = bindings.last()
                    .filter(last -> last.sessionId().equals(login.sessionId()))
                    .map(last -> " at host " + last.host())
                    .or(() -> login.host().map(unproved -> " at host " + unproved + " (not proved)"));
            return purpose + " as \"" + Text.quoted(login.user()) + "\"" + host.orElse(" at a host that is not known");
        }
        return data.purpose() == AgentPurpose.SIGNATURE
                ? purpose + " in namespace \"" + Text.quoted(data.namespace()) + "\""
                : purpose;
    }

    private static String named(HeldKey key) {
        return "\"" + Text.quoted(key.comment()) + "\" " + key.publicKey().fingerprint();
    }
}
