package org.symbolon.ssh.mina.x509;

import java.util.Optional;
import org.apache.sshd.client.kex.DHGEXClient;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/** MINA's group exchange (RFC 4419) of a client, with hosts that show certificates. */
final class X509GroupExchange extends DHGEXClient {
    X509GroupExchange(DHFactory factory, Session session) {
        super(factory, session);
    }

    @Override
    public boolean next(int command, Buffer buffer) throws Exception {
        Optional<HostKeyReply> reply = command == SshConstants.SSH_MSG_KEX_DH_GEX_REPLY
                ? HostKeyReply.of(getSession(), buffer)
                : Optional.empty();
        if (reply.isEmpty()) {
            return super.next(command, buffer);
        }
        Digest own = hash;
        try {
            hash = reply.get().digest(own, v_c, v_s, i_c, i_s);
            boolean done = super.next(command, reply.get().plainReply());
            getClientSession().setServerKey(new X509PublicKey(reply.get().key()));
            return done;
        } finally {
            hash = own;
        }
    }
}
