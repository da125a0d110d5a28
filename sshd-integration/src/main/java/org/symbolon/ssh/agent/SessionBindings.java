package org.symbolon.ssh.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshVerifier;

/**
 * The SSH sessions that a connection to an agent belongs to, as {@code session-bind@openssh.com} proved them: each hop on the way
 * that was forwarded, and at last the one that a login is for. By one thread at a time.
 */
final class SessionBindings {
    private static final int MAX = 16;
    private static final int MAX_SESSION_ID_BYTES = 128;

    private final List<Binding> bindings = new ArrayList<>();
    private boolean attempted;

    /**
     * A session.
     *
     * @param host the key by which its host was met
     * @param sessionId its identifier
     * @param forwarded whether it carries the connection on, and is not the one that a login is for
     */
    record Binding(HostKey host, Bytes sessionId, boolean forwarded) {}

    /** Takes a binding in. What it says was signed by the host, for this very session. */
    void bind(byte[] contents) throws AgentRefusal {
        attempted = true;
        try {
            SshReader reader = new SshReader(contents, AgentExtension.SESSION_BIND);
            HostKey host = HostKey.parse(reader.string("host key", SshPublicKey.MAX_BLOB_BYTES));
            byte[] sessionId = reader.string("session id", MAX_SESSION_ID_BYTES);
            byte[] signature = reader.string("signature", SshPublicKey.MAX_BLOB_BYTES);
            boolean forwarded = reader.bool("is forwarding");
            reader.end();
            if (!SshVerifier.verify(host.key(), sessionId, signature)) {
                throw new AgentRefusal("the signature of host " + host + " over the session id is wrong");
            }
            record(new Binding(host, Bytes.wrap(sessionId), forwarded));
        } catch (SshFormatException e) {
            throw new AgentRefusal("the session is not bound: " + e.getMessage(), e);
        }
    }

    private void record(Binding fresh) throws AgentRefusal {
        for (Binding known : bindings) {
            if (!known.forwarded()) {
                throw new AgentRefusal("the connection is bound to a login at " + known.host() + " already");
            }
            if (known.sessionId().equals(fresh.sessionId())) {
                if (known.host().blob().equals(fresh.host().blob())) {
                    return;
                }
                throw new AgentRefusal("the session is bound to another host already");
            }
        }
        if (bindings.size() == MAX) {
            throw new AgentRefusal("more than " + MAX + " sessions are bound");
        }
        bindings.add(fresh);
    }

    List<Binding> all() {
        return bindings;
    }

    /** The last session, at which a login is. */
    Optional<Binding> last() {
        return bindings.isEmpty() ? Optional.empty() : Optional.of(bindings.get(bindings.size() - 1));
    }

    /** Whether a binding was tried and none was good: nobody knows where such a connection leads to. */
    boolean failed() {
        return attempted && bindings.isEmpty();
    }
}
